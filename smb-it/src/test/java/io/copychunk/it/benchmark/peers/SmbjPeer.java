package io.copychunk.it.benchmark.peers;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;

/** smbj, driven by 16 threads on one connection. */
final class SmbjPeer implements Peer {
  private static final int FSCTL_SRV_REQUEST_RESUME_KEY = 0x00140078;

  private final SMBClient client;
  private final Connection connection;
  private final DiskShare share;
  private final Threads threads = new Threads();

  SmbjPeer(Where where) throws Exception {
    client = new SMBClient(SmbConfig.builder()
        .withSigningRequired(true)
        .withEncryptData(where.encrypted())
        .build());
    connection = client.connect(where.host(), where.port());
    share = (DiskShare) connection
        .authenticate(new AuthenticationContext(where.user(), where.password(), where.domain()))
        .connectShare(where.share());
  }

  private File open(String path, AccessMask access, SMB2CreateDisposition disposition) {
    return share.openFile(
        path.replace('/', '\\'), EnumSet.of(access), null, SMB2ShareAccess.ALL, disposition, null);
  }

  @Override
  public void keys(List<String> names, int count) throws Exception {
    threads.forEach(IntStream.range(0, count).boxed().toList(), i -> {
      String name = names.get(i % names.size());
      try (File file = open(name, AccessMask.GENERIC_READ, SMB2CreateDisposition.FILE_OPEN)) {
        byte[] key = file.ioctl(FSCTL_SRV_REQUEST_RESUME_KEY, true, new byte[0], 0, 0);
        if (key.length < 24) {
          throw new IllegalStateException("no key");
        }
      }
    });
  }

  private void copy(String from, String to) throws Exception {
    try (File source = open(from, AccessMask.GENERIC_READ, SMB2CreateDisposition.FILE_OPEN);
        File target = open(to, AccessMask.GENERIC_ALL, SMB2CreateDisposition.FILE_OVERWRITE_IF)) {
      source.remoteCopyTo(target);
    }
  }

  @Override
  public void files(String from, String to, List<String> names) throws Exception {
    threads.forEach(names, name -> copy(from + "/" + name, to + "/" + name));
  }

  @Override
  public void tree(String from, String to, List<String> directories, List<String> files)
      throws Exception {
    for (String directory : directories) {
      share.mkdir((directory.isEmpty() ? to : to + "/" + directory).replace('/', '\\'));
    }
    files(from, to, files);
  }

  @Override
  public void close() throws Exception {
    threads.close();
    share.close();
    connection.close();
    client.close();
  }
}
