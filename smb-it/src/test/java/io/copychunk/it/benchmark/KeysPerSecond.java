package io.copychunk.it.benchmark;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import io.copychunk.client.config.SmbConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Resume keys per second on one connection to a real Samba server, beside smbj, in one run: open,
 * key and close of 2 000 distinct files. Copychunk keeps a window of files under way; smbj, which
 * waits for each answer, is driven by 16 threads. The two take turns; the medians count.
 */
public final class KeysPerSecond {
  private static final int FILES = 2_000;
  private static final int SMBJ_THREADS = 16;
  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int KEYS_A_ROUND = 10_000;
  private static final int FSCTL_SRV_REQUEST_RESUME_KEY = 0x00140078;

  private KeysPerSecond() {}

  /**
   * Runs the benchmark.
   *
   * @param args none
   * @throws Exception when a server can not be started, or a client fails
   */
  public static void main(String[] args) throws Exception {
    try (BenchmarkServer server = BenchmarkServer.start()) {
      List<String> names = server.createFiles(FILES);
      System.out.printf(
          "%s, %d distinct files, one connection each, signing on; window %d, smbj %d threads%n",
          server.description(), FILES, CopychunkKeys.WINDOW, SMBJ_THREADS);
      try (Keys copychunk = new CopychunkKeys(server, SmbConfig.defaults(), names);
          Keys smbj = new SmbjKeys(server, names)) {
        compare(server, copychunk, smbj);
      }
    }
  }

  private static void compare(BenchmarkServer server, Keys copychunk, Keys smbj) throws Exception {
    List<Turn> ours = new ArrayList<>();
    List<Turn> theirs = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      Turn our = Turn.take(copychunk, KEYS_A_ROUND, server);
      Turn their = Turn.take(smbj, KEYS_A_ROUND, server);
      System.out.printf(
          Locale.ROOT,
          "%8s  copychunk %s   smbj %s%n",
          round < 0 ? "warm-up" : "round " + (round + 1),
          our,
          their);
      if (round >= 0) {
        ours.add(our);
        theirs.add(their);
      }
    }
    Turn our = Turn.median(ours);
    Turn their = Turn.median(theirs);
    System.out.printf(
        Locale.ROOT,
        "%8s  copychunk %s   smbj %s   ratio %.2f%n",
        "median",
        our,
        their,
        our.perSecond() / their.perSecond());
  }

  private static final class SmbjKeys implements Keys {
    private final List<String> names;
    private final SMBClient client = new SMBClient(
        com.hierynomus.smbj.SmbConfig.builder().withSigningRequired(true).build());
    private final Connection connection;
    private final DiskShare share;
    private final ExecutorService threads = Executors.newFixedThreadPool(SMBJ_THREADS);

    SmbjKeys(BenchmarkServer server, List<String> names) throws Exception {
      this.names = names;
      this.connection = client.connect(server.host(), server.port());
      this.share = (DiskShare) connection
          .authenticate(new AuthenticationContext(server.user(), server.password(), ""))
          .connectShare("work");
    }

    @Override
    public void get(int count) throws Exception {
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < SMBJ_THREADS; thread++) {
        running.add(threads.submit(() -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            getOne(names.get(i % FILES));
          }
        }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    }

    private void getOne(String name) {
      try (File file = share.openFile(
          name,
          EnumSet.of(AccessMask.FILE_READ_DATA, AccessMask.FILE_READ_ATTRIBUTES),
          null,
          SMB2ShareAccess.ALL,
          SMB2CreateDisposition.FILE_OPEN,
          EnumSet.of(SMB2CreateOptions.FILE_NON_DIRECTORY_FILE))) {
        byte[] output = file.ioctl(FSCTL_SRV_REQUEST_RESUME_KEY, true, new byte[0], 0, 0);
        if (output.length < 24) {
          throw new IllegalStateException("no key: " + output.length + " bytes");
        }
      }
    }

    @Override
    public void close() throws Exception {
      threads.shutdown();
      share.close();
      connection.close();
      client.close();
    }
  }
}
