package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.it.fixture.hostile.Mutation;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.context.ErrorContext;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is attacked while everything that it logs goes to its standard error. Prints what
 * the log is to be compared with.
 */
final class LoggedAttacks {
  /** Forges a line of a log, wipes one, and turns one around. */
  static final String HOSTILE = "x\r\n[main] WARN forged \u001b[2K\u202E";

  private LoggedAttacks() {}

  public static void main(String[] args) {
    try (HostileServer server = HostileServer.listening()) {
      switch (args[0]) {
        case "conversation" -> conversation(server, Path.of(args[1]), Path.of(args[2]));
        case "flood" -> flood(server);
        default -> hostileNames(server);
      }
    }
    System.exit(0);
  }

  /** Prints how many messages there were. */
  private static void conversation(HostileServer server, Path pcap, Path keys) {
    server.encrypting(Dialect.SMB_3_1_1, CipherAlgorithm.AES_128_GCM);
    SmbConfig config = SmbConfig.builder()
        .diagnostics(diagnostics -> diagnostics.pcapFile(pcap).keyLogFile(keys))
        .build();
    try (AttackedClient client = new AttackedClient(server, config)) {
      AsyncSmbSession session = client.session();
      AsyncSmbShare share = result(session.share("share"));
      AsyncSmbFile file = result(share.open("a.bin", OpenOptions.read()));
      result(file.requestResumeKey());
      result(file.close());
      result(share.close());
      result(session.close());
      server.awaitEnd();
    }
    int requests = 0;
    for (Command command : Command.values()) {
      requests += server.requests(command);
    }
    System.out.println(2 * requests);
  }

  /** As much as is put up with. */
  private static void flood(HostileServer server) {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      Mutation unasked = Mutation.stripSignature().then(Mutation.messageId(-1));
      byte[] genuine = answer.frame();
      byte[] notification =
          unasked.then(Mutation.command(Command.OPLOCK_BREAK.code())).apply(genuine.clone());
      byte[] stray = unasked.then(Mutation.messageId(1_000_000)).apply(genuine.clone());
      Delivery.times(1000).deliver(notification, out);
      Delivery.times(16).deliver(stray, out);
      out.frame(genuine);
    });
    try (AttackedClient client = new AttackedClient(server)) {
      System.out.println(result(client.key()).isUsable());
    }
  }

  /** Prints what the last of several hostile names led to. */
  private static void hostileNames(HostileServer server) {
    List<NegotiateContext> contexts =
        new ArrayList<>(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1).contexts());
    contexts.add(new NetnameNegotiateContextId(HOSTILE));
    server.negotiating(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, contexts));
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(0, HOSTILE, HOSTILE, false);
    ErrorContext error =
        new ErrorContext(ErrorContext.DEFAULT, Octets.copyOf(WireWriter.toBytes(link::write)));
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(new ErrorResponse(List.of(error), Octets.EMPTY))
            .status(NtStatus.STOPPED_ON_SYMLINK)
            .frame()));
    try (AttackedClient client = new AttackedClient(server)) {
      System.out.println(failure(client.opening()).getMessage());
    }
  }
}
