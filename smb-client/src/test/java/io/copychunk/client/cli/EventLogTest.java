package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.Loss;
import io.copychunk.client.copy.Preserve;
import io.copychunk.client.copy.tree.TreeProgress;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final Path PAGE = Path.of("..", "docs", "events.md");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T09:08:07.006543Z"), ZoneId.of("America/St_Johns"));
  private static final SmbStatusException DENIED =
      new SmbStatusException(NtStatus.ACCESS_DENIED, Command.CREATE, "\\\\nas\\s\\a", Octets.EMPTY);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CopyReport report = new CopyReport();
  private long nanos;
  private final EventLog events =
      new EventLog(new EventFile(Channels.newChannel(written), failure -> {}), CLOCK, () -> nanos);

  @Test
  void writesExactlyWhatThePageHas(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("cp.log");
    new RecordingTerminal()
        .run("cp", "-N", "--log-json", file.toString(), "//127.0.0.1:1/s/a", "//127.0.0.1:1/s/b");
    written.writeBytes(Files.readAllBytes(file));
    events.copied("a", "b", everything());
    events.wouldCopy("a", "b", 1);
    events.skipped("a", "b", "not older");
    events.removed("b");
    events.wouldRemove("b");
    events.failed("a", "no", DENIED);
    events.finished("a", "b");
    nanos = 1_000_000_000;
    events.progress("a", new TreeProgress(1, 1, 1, Map.of(), 0, 0, 0, 1, 1, true, Duration.ZERO));
    nanos = 2_000_000_000;
    events.progress("a", new CopyProgress("a", 1, 2, CopyMethod.CLONE, Duration.ZERO, 1));
    events.ended(report, ExitCode.DONE, null);

    Map<String, Set<String>> told = new LinkedHashMap<>();
    for (JsonObject event : lines()) {
      Set<String> fields =
          told.computeIfAbsent(event.get("event").getAsString(), name -> new LinkedHashSet<>());
      Set<String> before = Set.copyOf(fields);
      fields.addAll(fields(event));
      assertThat(before.isEmpty() || before.equals(fields))
          .as("all %s are alike", event)
          .isTrue();
    }
    assertThat(documented()).isEqualTo(told);
    assertThat(examples()).isEqualTo(withOneMethod(told));
  }

  @Test
  void namesOfFailuresAreThoseOfThePage() throws IOException {
    Set<String> kinds = new LinkedHashSet<>();
    kinds.add(FailureKind.of(new IllegalArgumentException("a name")));
    DiagnosisTest.exitCodes()
        .map(arguments -> (Exception) arguments.get()[0])
        .forEach(failure -> kinds.add(FailureKind.of(new CompletionException(failure))));
    for (SmbCopyException.Reason reason : SmbCopyException.Reason.values()) {
      kinds.add(FailureKind.of(new SmbCopyException(reason, "")));
    }
    String page = Files.readString(PAGE);
    Set<String> documented = new LinkedHashSet<>();
    Matcher row = Pattern.compile("(?m)^\\| (`[^|]*) \\|")
        .matcher(page.substring(page.indexOf("| kind | |"), page.indexOf("## directory")));
    while (row.find()) {
      documented.addAll(List.of(row.group(1).replace("`", "").split(", ")));
    }
    assertThat(documented).isEqualTo(kinds);
  }

  @Test
  void tellsTheStatusOfTheServerWhereverItStands() {
    assertThat(FailureKind.statusOf(new CompletionException(DENIED)))
        .isEqualTo("STATUS_ACCESS_DENIED");
    assertThat(FailureKind.statusOf(
            new SmbCopyException(SmbCopyException.Reason.LEFTOVER, "", "a.tmp", DENIED)))
        .isEqualTo("STATUS_ACCESS_DENIED");
    assertThat(FailureKind.statusOf(new CommandException(Diagnosis.of(DENIED, ""), DENIED)))
        .isEqualTo("STATUS_ACCESS_DENIED");
    assertThat(FailureKind.of(new CommandException(Diagnosis.of(DENIED, ""), DENIED)))
        .isEqualTo("refused");
    assertThat(FailureKind.statusOf(new SmbAuthenticationException("no", NtStatus.LOGON_FAILURE)))
        .isEqualTo("STATUS_LOGON_FAILURE");
    assertThat(FailureKind.statusOf(new CancellationException())).isNull();
  }

  @Test
  void timesAreOfUtcAndHaveMilliseconds() {
    events.finished("a", "b");

    assertThat(lines().get(0).get("time").getAsString()).isEqualTo("2026-11-26T09:08:07.006Z");
  }

  @Test
  void anyNameIsOneLineOfUtf8() {
    String name = "\"ü\n\u2028漢\uD83D\uDE00\\\u0001";

    events.finished(name, name);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .endsWith("}\n")
        .contains("漢");
    assertThat(lines().get(0).get("path").getAsString()).isEqualTo(name);
  }

  @Test
  void progressIsToldOnceASecond() {
    for (nanos = 0; nanos <= 3_000_000_000L; nanos += 100_000_000) {
      events.progress(
          "a", new CopyProgress("a", nanos, 1L << 40, CopyMethod.STREAM, Duration.ZERO, 1));
    }

    assertThat(lines())
        .extracting(event -> event.get("bytes").getAsLong())
        .containsExactly(1_000_000_000L, 2_000_000_000L, 3_000_000_000L);
  }

  @Test
  void nothingComesAfterTheEnd() {
    events.ended(report, ExitCode.FAILED, DENIED);
    events.interrupted(report);
    events.failed("a", "late", DENIED);
    events.close();

    assertThat(lines()).hasSize(1);
    JsonObject end = lines().get(0);
    assertThat(end.get("exitCode").getAsInt()).isEqualTo(1);
    assertThat(end.get("interrupted").getAsBoolean()).isFalse();
    assertThat(end.get("kind").getAsString()).isEqualTo("refused");
    assertThat(end.get("error").getAsString()).startsWith("no permission: ");
  }

  @Test
  void aSignalLeavesNoExitCode() {
    events.interrupted(report);

    assertThat(lines().get(0).get("exitCode").isJsonNull()).isTrue();
    assertThat(lines().get(0).get("interrupted").getAsBoolean()).isTrue();
  }

  @Test
  void theEndHasTheSumsOfTheReport() {
    report.copied("a", everything());
    report.skipped("b");
    report.failed("c", "no");
    report.failed("d", "no");
    events.ended(report, ExitCode.FAILED, null);

    JsonObject end = lines().get(0);
    JsonObject result = JsonParser.parseString(new String(report.json(), StandardCharsets.UTF_8))
        .getAsJsonObject();
    for (String name : List.of("files", "bytes", "methods")) {
      assertThat(end.get(name)).as(name).isEqualTo(result.get(name));
    }
    assertThat(end.get("skipped").getAsInt()).isEqualTo(1);
    assertThat(end.get("failed").getAsInt()).isEqualTo(2);
  }

  /** All that one may have. */
  private static CopyResult everything() {
    Map<CopyMethod, Long> bytes = new EnumMap<>(CopyMethod.class);
    for (CopyMethod method : CopyMethod.values()) {
      bytes.put(method, 5L);
    }
    return new CopyResult(
        "a",
        "b",
        20,
        bytes,
        List.of(new Fallback(CopyMethod.CLONE, CopyMethod.STREAM, "no", 5)),
        List.of(new Loss(Preserve.STREAMS, "no")),
        "00",
        true,
        Duration.ofMillis(1500));
  }

  private List<JsonObject> lines() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  /** Also those within, such as {@code losses[].what}; but for what every event has. */
  private static Set<String> fields(JsonObject event) {
    Set<String> names = new LinkedHashSet<>();
    collect("", event, names);
    names.removeAll(Set.of("time", "event"));
    return names;
  }

  private static void collect(String prefix, JsonObject object, Set<String> names) {
    object.entrySet().forEach(field -> {
      String name = prefix + field.getKey();
      names.add(name);
      if (field.getValue().isJsonObject()) {
        collect(name + ".", field.getValue().getAsJsonObject(), names);
      } else if (field.getValue().isJsonArray()) {
        for (JsonElement element : field.getValue().getAsJsonArray()) {
          if (element.isJsonObject()) {
            collect(name + "[].", element.getAsJsonObject(), names);
          }
        }
      }
    });
  }

  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    String[] parts = Files.readString(PAGE).split("(?m)^## ", -1);
    for (int i = 1; i < parts.length; i++) {
      sections.put(
          parts[i].substring(0, parts[i].indexOf('\n')),
          parts[i].replaceFirst("(?s)\\| kind \\|.*", ""));
    }
    return sections;
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> documented = new LinkedHashMap<>();
    sections().forEach((event, text) -> {
      Set<String> fields = documented.computeIfAbsent(event, name -> new LinkedHashSet<>());
      Matcher row = Pattern.compile("(?m)^\\| (`[^|]*) \\|").matcher(text);
      while (row.find()) {
        fields.addAll(List.of(row.group(1).replace("`", "").split(", ")));
      }
    });
    return documented;
  }

  private static Map<String, Set<String>> examples() throws IOException {
    Map<String, Set<String>> examples = new LinkedHashMap<>();
    for (String text : sections().values()) {
      Matcher example = Pattern.compile("(?m)^\\{\"time\".*$").matcher(text);
      assertThat(example.find()).as(text).isTrue();
      JsonObject event = JsonParser.parseString(example.group()).getAsJsonObject();
      examples.put(event.get("event").getAsString(), fields(event));
    }
    return examples;
  }

  /** As in the example of a copy, which goes by one. */
  private static Map<String, Set<String>> withOneMethod(Map<String, Set<String>> told) {
    Map<String, Set<String>> fewer = new LinkedHashMap<>(told);
    Set<String> copied = new LinkedHashSet<>(told.get("copied"));
    copied.removeAll(Set.of("methods.clone", "methods.offload", "methods.stream"));
    fewer.put("copied", copied);
    return fewer;
  }
}
