package io.copychunk.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps the arrows of the architecture pointing down, in rooms that are built and rooms to come. */
class ArchitectureTest {
  private static final JavaClasses OURS = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages("io.copychunk");

  @ParameterizedTest
  @EnumSource
  void aRoomUsesOnlyTheRoomsBelowIt(Room room) {
    check(noClasses()
        .that()
        .resideInAnyPackage(room.packages())
        .should()
        .dependOnClassesThat(room.forbidden()));
  }

  @Test
  void everyClassHasARoom() {
    check(
        classes().should(be("in one of the rooms", Room.classesIn(List.of(Room.values()))::test)));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.copychunk.(**)").should().beFreeOfCycles());
  }

  @Test
  void coreHasNoChannels() {
    check(noClasses()
        .that(Room.classesIn(Room.core()))
        .should()
        .dependOnClassesThat(resideInAPackage("java.nio.channels..")
            .or(resideInAPackage("io.netty..")
                .and(not(resideInAnyPackage("io.netty.buffer..", "io.netty.util.."))))));
  }

  @Test
  void coreHasNoThreadsAndNoClocks() {
    check(noClasses()
        .that(Room.classesIn(Room.core()))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, ScheduledExecutorService.class, Timer.class, Clock.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now"));
  }

  @Test
  void configurationLeansOnLittle() {
    check(classes()
        .that()
        .resideInAPackage("io.copychunk.client.config..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax..", "io.copychunk..", "io.netty.channel", "org.jspecify.."));
  }

  @Test
  void errorsLeanOnLittle() {
    check(classes()
        .that()
        .resideInAPackage("io.copychunk.client.error..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax..", "io.copychunk..", "org.jspecify.."));
  }

  @Test
  void theCommandLeansOnThePublicApi() {
    check(noClasses()
        .that()
        .resideInAPackage("io.copychunk.client.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.netty..", "org.slf4j..", "org.bouncycastle..", "io.copychunk..internal.."));
  }

  /** What is switched on by the environment is switched on without anybody knowing. */
  @Test
  void onlyTheTerminalReadsTheEnvironment() {
    check(noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.copychunk.client.cli.Terminal")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class));
  }

  @Test
  void nothingIsOpenForInheritanceByAccident() {
    check(classes().should(be("final, sealed or abstract", ArchitectureTest::isClosed)));
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    assertThat(OURS).isNotEmpty();
    check(classes()
        .should(be(
            "in a package with a null-marked package-info",
            type -> type.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent())));
  }

  private static boolean isClosed(JavaClass type) {
    return type.isInterface()
        || type.isEnum()
        || type.isAnonymousClass()
        || type.getModifiers().contains(JavaModifier.FINAL)
        || type.getModifiers().contains(JavaModifier.ABSTRACT)
        || type.reflect().isSealed();
  }

  private static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> predicate) {
    return ArchCondition.from(describe("be " + description, predicate));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }
}
