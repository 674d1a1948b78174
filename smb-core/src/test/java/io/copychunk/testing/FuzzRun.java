package io.copychunk.testing;

import io.copychunk.testing.Fuzzer.Case;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Many damaged frames: {@code -Dcopychunk.fuzz.frames=} says how many, {@code
 * -Dcopychunk.fuzz.seed=} repeats a run. Ends with status 1 when a decoder did what it must not,
 * and with status 2 when it took longer than two seconds.
 */
public final class FuzzRun {
  private static final long DEFAULT_FRAMES = 10_000_000;
  private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Fuzzer fuzzer = new Fuzzer();
  private final Thread worker = Thread.currentThread();
  private final long startNanos = System.nanoTime();
  private volatile long number;
  private volatile long caseNanos = startNanos;

  private FuzzRun() {}

  public static void main(String[] args) {
    try {
      new FuzzRun().run(Long.getLong("copychunk.fuzz.frames", DEFAULT_FRAMES));
    } catch (AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run(long frames) {
    System.out.printf(
        "seed %d, %d decoders, %d inputs in the corpus, heap of %d MiB%n",
        fuzzer.seed(),
        Decoders.all().size(),
        fuzzer.corpus().size(),
        Runtime.getRuntime().maxMemory() >> 20);
    fuzzer.corpus().forEach(input -> Fuzzer.run(input.decoder(), input.bytes()));
    Thread watchdog = new Thread(this::watch, "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    long reported = startNanos;
    for (long i = 0; i < frames; i++) {
      caseNanos = System.nanoTime();
      number = i;
      fuzzer.run(i);
      if (caseNanos - reported > REPORT_NANOS) {
        reported = caseNanos;
        report(i + 1);
      }
    }
    report(frames);
    for (Decoder<?> decoder : Decoders.all()) {
      System.out.printf(
          "  %-26s understood %8d, refused %8d%n",
          decoder, fuzzer.statistics().understood(decoder), fuzzer.statistics().refused(decoder));
    }
    System.gc();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    System.out.printf(
        "heap in use at the end: %d KiB%n", memory.getHeapMemoryUsage().getUsed() >> 10);
  }

  private void report(long frames) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "%d frames in %.0f s, %.0f a second: %s%n",
        frames, seconds, frames / seconds, fuzzer.statistics());
  }

  /** Reports an input that keeps its decoder busy, and ends the run. */
  private void watch() {
    while (true) {
      long suspect = number;
      if (System.nanoTime() - caseNanos > HANG_NANOS && suspect == number) {
        AssertionError where = new AssertionError("busy for more than two seconds");
        where.setStackTrace(worker.getStackTrace());
        where.printStackTrace();
        Case hanging = fuzzer.caseOf(suspect);
        System.err.println(fuzzer.report(hanging, suspect));
        Runtime.getRuntime().halt(2);
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
