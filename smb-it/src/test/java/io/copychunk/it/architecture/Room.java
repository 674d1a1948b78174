package io.copychunk.it.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatchers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The rooms of the house, lowest first, each with the rooms that it may use: always lower ones. */
enum Room {
  WIRE(List.of("wire.."), List.of()),
  FSCC(List.of("fscc.."), List.of(WIRE)),
  CRYPTO(List.of("crypto.."), List.of(WIRE)),
  AUTH(List.of("auth.."), List.of(WIRE)),
  MESSAGE(List.of("message.."), List.of(WIRE, FSCC)),
  VOCABULARY(List.of("client.config..", "client.error.."), core()),
  CAPTURE(List.of("client.internal.capture.."), plus(core(), VOCABULARY)),
  TRANSPORT(List.of("client.internal.transport.."), plus(core(), VOCABULARY, CAPTURE)),
  CONNECTION(List.of("client.internal.connection.."), plus(core(), VOCABULARY, CAPTURE, TRANSPORT)),
  SESSION(
      List.of("client.internal.session.."),
      plus(core(), VOCABULARY, CAPTURE, TRANSPORT, CONNECTION)),
  CLIENT(List.of("client"), plus(core(), VOCABULARY, CAPTURE, TRANSPORT, CONNECTION, SESSION)),
  COPY(List.of("client.copy.."), List.of(WIRE, FSCC, VOCABULARY, CLIENT)),
  NIO(List.of("client.nio.."), List.of(VOCABULARY, CLIENT, COPY)),
  CLI(List.of("client.cli.."), plus(core(), VOCABULARY, CLIENT, COPY));

  private final List<String> packages;
  private final List<Room> mayUse;

  Room(List<String> packages, List<Room> mayUse) {
    this.packages = packages.stream().map(name -> "io.copychunk." + name).toList();
    this.mayUse = mayUse;
  }

  static List<Room> core() {
    return List.of(WIRE, FSCC, CRYPTO, AUTH, MESSAGE);
  }

  private static List<Room> plus(List<Room> rooms, Room... more) {
    return Stream.concat(rooms.stream(), Arrays.stream(more)).toList();
  }

  String[] packages() {
    return packages.toArray(String[]::new);
  }

  static DescribedPredicate<JavaClass> classesIn(List<Room> rooms) {
    List<String> packages = new ArrayList<>();
    rooms.forEach(room -> packages.addAll(room.packages));
    var matchers = PackageMatchers.of(packages);
    return DescribedPredicate.describe("in " + rooms, type -> matchers.test(type.getPackageName()));
  }

  /** What this room may not use, among our own classes. */
  DescribedPredicate<JavaClass> forbidden() {
    var allowed = classesIn(plus(mayUse, this));
    return DescribedPredicate.describe(
        "of ours outside " + plus(mayUse, this),
        type -> type.getPackageName().startsWith("io.copychunk") && !allowed.test(type));
  }
}
