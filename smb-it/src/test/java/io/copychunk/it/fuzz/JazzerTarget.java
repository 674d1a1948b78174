package io.copychunk.it.fuzz;

/** The pipeline of a connection, for a fuzzer that is guided by coverage. */
public final class JazzerTarget {
  private JazzerTarget() {}

  /** What the fuzzer calls first: loads the classes, which takes longer than a case may. */
  public static void fuzzerInitialize() {
    PipelineCorpus.recorded().forEach(PipelineCase::run);
  }

  /** What the fuzzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 4) {
      return;
    }
    PipelineCase each = PipelineCase.of(data);
    try {
      each.run();
    } catch (AssertionError | StackOverflowError e) {
      throw new AssertionError("kept as " + PipelineCorpus.keep(each), e);
    }
  }
}
