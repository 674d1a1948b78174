package io.copychunk.client.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Surroundings that remember what was written to them and asked of them. */
final class RecordingTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> questions = new ArrayList<>();
  private final List<char[]> answers = new ArrayList<>();
  private String typed;

  /** Somebody is there and types this whenever asked. */
  RecordingTerminal typing(String password) {
    typed = password;
    return this;
  }

  RecordingTerminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Terminal terminal() {
    return new Terminal(out, err, environment, typed == null ? null : this::answer, false, false);
  }

  int run(String... args) {
    return CommandFactory.create(terminal(), args).execute(args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  List<String> questions() {
    return questions;
  }

  /** The very arrays that were handed out. */
  List<char[]> answers() {
    return answers;
  }

  private char[] answer(String question) {
    questions.add(question);
    answers.add(typed.toCharArray());
    return answers.get(answers.size() - 1);
  }
}
