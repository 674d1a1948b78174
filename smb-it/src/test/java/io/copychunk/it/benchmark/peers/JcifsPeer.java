package io.copychunk.it.benchmark.peers;

import java.util.List;
import java.util.Properties;
import org.codelibs.jcifs.smb.CIFSContext;
import org.codelibs.jcifs.smb.config.PropertyConfiguration;
import org.codelibs.jcifs.smb.context.BaseContext;
import org.codelibs.jcifs.smb.impl.NtlmPasswordAuthenticator;
import org.codelibs.jcifs.smb.impl.SmbFile;

/** jcifs of CodeLibs, driven by 16 threads. It has no call for a resume key. */
final class JcifsPeer implements Peer {
  private final CIFSContext context;
  private final String root;
  private final Threads threads = new Threads();

  JcifsPeer(Where where) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jcifs.client.minVersion", "SMB311");
    properties.setProperty("jcifs.client.maxVersion", "SMB311");
    properties.setProperty("jcifs.client.signingEnforced", "true");
    properties.setProperty("jcifs.client.responseTimeout", "15000");
    properties.setProperty("jcifs.client.encryptionEnabled", Boolean.toString(where.encrypted()));
    context = new BaseContext(new PropertyConfiguration(properties))
        .withCredentials(new NtlmPasswordAuthenticator(
            where.domain(), where.user(), new String(where.password())));
    root = "smb://" + where.host() + ":" + where.port() + "/" + where.share() + "/";
  }

  @Override
  public void keys(List<String> names, int count) {
    throw new UnsupportedOperationException("it has no call for a resume key");
  }

  private void copy(String from, String to) throws Exception {
    try (SmbFile source = new SmbFile(root + from, context);
        SmbFile target = new SmbFile(root + to, context)) {
      source.copyTo(target);
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
      try (SmbFile made = new SmbFile(root + to + "/" + directory + "/", context)) {
        made.mkdir();
      }
    }
    files(from, to, files);
  }

  @Override
  public void close() throws Exception {
    threads.close();
    context.close();
  }
}
