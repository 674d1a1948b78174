package io.copychunk.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All else runs on the class path, where nobody asks what the modules require and export. */
@RunsAgainstSamba
class ModulePathIT {
  private static final String MODULE = """
      module probe {
        requires io.copychunk.client;
      }
      """;

  /** Uses each exported package of the client, and what its API shows of other modules. */
  private static final String PROGRAM = """
      package probe;

      import io.copychunk.client.*;
      import io.copychunk.client.config.SmbConfig;
      import io.copychunk.client.error.SmbStatusException;
      import io.copychunk.message.fsctl.SrvRequestResumeKey;
      import io.copychunk.wire.Dialect;
      import io.copychunk.wire.NtStatus;
      import io.netty.channel.EventLoopGroup;
      import java.nio.ByteBuffer;

      public final class Probe {
        public static void main(String[] args) throws Exception {
          EventLoopGroup none = null;
          SmbConfig config = SmbConfig.builder()
              .security(security -> security.minDialect(Dialect.SMB_3_1_1))
              .transport(transport -> transport.eventLoopGroup(none))
              .build();
          Credentials user =
              Credentials.password(args[2], args[3], System.getenv("PASSWORD").toCharArray());
          try (SmbClient client = SmbClient.create(config);
              SmbSession session =
                  client.connect(args[0], Integer.parseInt(args[1])).login(user);
              SmbShare share = session.share(args[4]);
              KeyedOpen keyed = share.openWithResumeKey(args[5])) {
            int code = new SrvRequestResumeKey().controlCode();
            IoctlResult again = keyed.file().ioctl(code, ByteBuffer.allocate(0), 32);
            System.out.println(again.output().size());
            try {
              share.open("none", OpenOptions.read());
            } catch (SmbStatusException e) {
              System.out.println(e.status().equals(NtStatus.OBJECT_NAME_NOT_FOUND));
            }
            System.out.println(SmbClient.class.getModule());
          }
        }
      }
      """;

  private final SambaServer server;
  private final Scratch scratch;

  ModulePathIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @Test
  void aModuleNeedsToRequireOnlyTheClient(@TempDir Path directory) throws Exception {
    String path = scratch.write("work", "a.bin", new byte[1]);
    String modules = modulePath();
    Path classes = compile(directory, modules);

    CommandRun run = CommandRun.ofJava(
        Map.of("PASSWORD", new String(server.password())),
        List.of(
            "--module-path",
            classes + File.pathSeparator + modules,
            "--module",
            "probe/probe.Probe",
            server.host(),
            Integer.toString(server.port()),
            server.domain(),
            server.user(),
            server.share("work"),
            path));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).containsExactly("32", "true", "module io.copychunk.client");
  }

  private static Path compile(Path directory, String modules) throws Exception {
    Path module = Files.writeString(directory.resolve("module-info.java"), MODULE);
    Path program = Files.writeString(directory.resolve("Probe.java"), PROGRAM);
    Path classes = directory.resolve("classes");
    OutputStream complaints = new ByteArrayOutputStream();
    int exitCode = ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            complaints,
            complaints,
            "-d",
            classes.toString(),
            "--module-path",
            modules,
            module.toString(),
            program.toString());
    assertThat(exitCode).as(complaints.toString()).isZero();
    return classes;
  }

  /** The modules among the jars and directories of this test; a mere jar is none. */
  private static String modulePath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> isModule(Path.of(entry)))
        .collect(joining(File.pathSeparator));
  }

  private static boolean isModule(Path entry) {
    Set<ModuleReference> modules = ModuleFinder.of(entry).findAll();
    return modules.stream().anyMatch(module -> !module.descriptor().isAutomatic());
  }
}
