package io.copychunk.testing;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AuthenticationException;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.ChallengeMessage;
import io.copychunk.auth.NegTokenInit;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.auth.NegotiateMessage;
import io.copychunk.auth.NtlmIdentity;
import io.copychunk.auth.SpnegoAuthenticator;
import io.copychunk.fscc.MountPointReparseData;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.SymbolicLinkReparseData;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.EchoRequest;
import io.copychunk.message.EchoResponse;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.FlushRequest;
import io.copychunk.message.FlushResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.LockRequest;
import io.copychunk.message.LockResponse;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.LogoffResponse;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.QueryInfoResponse;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.ReadResponse;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.SetInfoResponse;
import io.copychunk.message.Smb2Message;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.TreeConnectResponse;
import io.copychunk.message.TreeDisconnectRequest;
import io.copychunk.message.TreeDisconnectResponse;
import io.copychunk.message.WriteRequest;
import io.copychunk.message.WriteResponse;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.ErrorContext;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.ShareRedirectErrorContext;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.message.fsctl.FileAllocatedRangeBuffer;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.GetIntegrityInformationOutput;
import io.copychunk.message.fsctl.NoOutput;
import io.copychunk.message.fsctl.OffloadReadOutput;
import io.copychunk.message.fsctl.OffloadWriteOutput;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.message.fsctl.ValidateNegotiateInfoResponse;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every decoder of smb-core, each with the form that its inputs have in the corpus. */
public final class Decoders {
  /** The name that a symbolic link's unparsed path is cut from. */
  private static final String REQUESTED_NAME = "directory\\".repeat(20);

  private static final Set<Class<? extends RuntimeException>> MALFORMED =
      Set.of(MalformedMessageException.class);
  private static final Set<Class<? extends RuntimeException>> LOGIN_REFUSALS =
      Set.of(MalformedMessageException.class, AuthenticationException.class);

  private static final List<Decoder<?>> ALL = Stream.concat(
          commands().stream(), Information.all().stream().map(Decoders::information))
      .toList();

  private Decoders() {}

  private static List<Decoder<?>> commands() {
    return List.of(
        new Decoder<>(
            "header",
            bytes -> Smb2Header.read(WireReader.of(bytes)),
            header -> WireWriter.toBytes(header::write),
            MALFORMED),
        part("transform-header", TransformHeader::read, (out, header) -> header.write(out)),
        new Decoder<>("encrypted-frame", EncryptedFrames::decrypt, null, MALFORMED),
        new Decoder<>("request", Decoders::readRequest, null, MALFORMED),
        message("negotiate-request", NegotiateRequest::read),
        message("negotiate-response", NegotiateResponse::read),
        message("session-setup-request", SessionSetupRequest::read),
        message("session-setup-response", SessionSetupResponse::read),
        message("logoff-request", LogoffRequest::read),
        message("logoff-response", LogoffResponse::read),
        message("tree-connect-request", TreeConnectRequest::read),
        message("tree-connect-response", TreeConnectResponse::read),
        message("tree-disconnect-request", TreeDisconnectRequest::read),
        message("tree-disconnect-response", TreeDisconnectResponse::read),
        message("create-request", CreateRequest::read),
        message("create-response", CreateResponse::read),
        message("close-request", CloseRequest::read),
        message("close-response", CloseResponse::read),
        message("flush-request", FlushRequest::read),
        message("flush-response", FlushResponse::read),
        message("read-request", ReadRequest::read),
        message("read-response", ReadResponse::read),
        message("write-request", WriteRequest::read),
        message("write-response", WriteResponse::read),
        message("lock-request", LockRequest::read),
        message("lock-response", LockResponse::read),
        message("query-directory-request", QueryDirectoryRequest::read),
        message("query-directory-response", QueryDirectoryResponse::read),
        message("query-info-request", QueryInfoRequest::read),
        message("query-info-response", QueryInfoResponse::read),
        message("set-info-request", SetInfoRequest::read),
        message("set-info-response", SetInfoResponse::read),
        message("ioctl-request", IoctlRequest::read),
        message("ioctl-response", IoctlResponse::read),
        message("cancel-request", CancelRequest::read),
        message("echo-request", EchoRequest::read),
        message("echo-response", EchoResponse::read),
        message("error-response", ErrorResponse::read),
        new Decoder<>(
            "required-length",
            bytes -> Messages.decode(bytes, ErrorResponse::read).requiredLength(),
            null,
            MALFORMED),
        part(
            "negotiate-contexts",
            Decoders::readNegotiateContexts,
            Decoders::writeNegotiateContexts),
        part("create-contexts-request", CreateContext::readRequestList, CreateContext::writeList),
        part("create-contexts-response", CreateContext::readResponseList, CreateContext::writeList),
        part("error-contexts", Decoders::readErrorContexts, Decoders::writeErrorContexts),
        part("symbolic-link", Decoders::readSymbolicLink, (out, link) -> link.write(out)),
        part(
            "share-redirect",
            ShareRedirectErrorContext::read,
            (out, redirect) -> redirect.write(out)),
        part(
            "symbolic-link-reparse-data",
            SymbolicLinkReparseData::read,
            (out, link) -> link.write(out)),
        part(
            "mount-point-reparse-data",
            MountPointReparseData::read,
            (out, mount) -> mount.write(out)),
        part("fsctl-input", Decoders::readFsctlInput, Decoders::writeFsctlInput),
        part("fsctl-output", FsctlOutput::read, (out, output) -> output.write(out)),
        token("neg-token-init", NegTokenInit::read, NegTokenInit::write),
        token("neg-token-init2", NegTokenInit2::read, NegTokenInit2::write),
        token("neg-token-resp", NegTokenResp::read, NegTokenResp::write),
        token("ntlm-negotiate", NegotiateMessage::read, NegotiateMessage::write),
        token("ntlm-challenge", ChallengeMessage::read, ChallengeMessage::write),
        token("ntlm-authenticate", AuthenticateMessage::read, AuthenticateMessage::write),
        token("av-pairs", AvPairs::read, AvPairs::write),
        new Decoder<>("login", Decoders::login, null, LOGIN_REFUSALS));
  }

  private static Decoder<?> information(Information<?> known) {
    return part(
        known.name(),
        in -> (Object) known.reader().apply(in),
        (out, information) -> out.bytes(known.write(information)));
  }

  public static List<Decoder<?>> all() {
    return ALL;
  }

  public static Decoder<?> named(String name) {
    return ALL.stream()
        .filter(decoder -> decoder.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("decoder: " + name));
  }

  /** Header and body; the header is stepped over. */
  private static <T extends Smb2Message> Decoder<T> message(
      String name, Function<WireReader, T> reader) {
    return new Decoder<>(
        name, bytes -> Messages.decode(bytes, reader), Messages::encode, MALFORMED);
  }

  private static <T> Decoder<T> part(
      String name, Function<WireReader, T> reader, PartWriter<T> writer) {
    return new Decoder<>(
        name,
        bytes -> reader.apply(WireReader.of(bytes)),
        value -> WireWriter.toBytes(out -> writer.write(out, value)),
        MALFORMED);
  }

  private static <T> Decoder<T> token(
      String name, Function<Octets, T> reader, Function<T, Octets> writer) {
    return new Decoder<>(
        name,
        bytes -> reader.apply(Octets.copyOf(bytes)),
        value -> writer.apply(value).toByteArray(),
        MALFORMED);
  }

  @FunctionalInterface
  private interface PartWriter<T> {
    void write(WireWriter out, T value);
  }

  /** Header and body, the body as the header says: what a server reads. */
  private static Smb2Request<?> readRequest(byte[] bytes) {
    WireReader in = WireReader.of(bytes);
    return Smb2Request.read(Smb2Header.read(in).command(), in);
  }

  /** {@code 0 Count 2 | 2 Padding 6 | 8 Contexts}. */
  private static List<NegotiateContext> readNegotiateContexts(WireReader in) {
    int count = in.u16();
    in.skip(6);
    return NegotiateContext.readList(in, in.position(), count);
  }

  static void writeNegotiateContexts(WireWriter out, List<NegotiateContext> contexts) {
    WireWriter.Slot count = out.u16Slot();
    out.zeros(2);
    NegotiateContext.writeList(out, out.u32Slot(), count, contexts);
  }

  /** {@code 0 Count 1 | 1 Padding 7 | 8 Contexts}. */
  private static List<ErrorContext> readErrorContexts(WireReader in) {
    int count = in.u8();
    in.skip(7);
    return ErrorContext.readList(in, count);
  }

  static void writeErrorContexts(WireWriter out, List<ErrorContext> contexts) {
    out.u8(contexts.size()).zeros(7);
    ErrorContext.writeList(out, contexts);
  }

  private static SymbolicLinkErrorResponse readSymbolicLink(WireReader in) {
    SymbolicLinkErrorResponse link = SymbolicLinkErrorResponse.read(in);
    if (!REQUESTED_NAME.endsWith(link.unparsedPath(REQUESTED_NAME))) {
      throw new AssertionError("unparsedPath of " + link);
    }
    return link;
  }

  /** {@code 0 CtlCode 4 | 4 MaxOutputResponse 4 | 8 Input}. */
  private static Fsctl<?> readFsctlInput(WireReader in) {
    int controlCode = in.bits32();
    long maxOutputResponse = in.u32();
    Fsctl<?> fsctl =
        Fsctl.readInput(controlCode, in.region(in.position(), in.remaining()), maxOutputResponse);
    if (fsctl.controlCode() != controlCode) {
      throw new AssertionError("read as " + fsctl);
    }
    return fsctl;
  }

  static void writeFsctlInput(WireWriter out, Fsctl<?> fsctl) {
    fsctl.writeInput(out.bits32(fsctl.controlCode()).u32(fsctl.maxOutputResponse()));
  }

  /**
   * {@code 0 CtlCode 4 | 4 Output}.
   *
   * @param controlCode what the output answers
   * @param output what it says
   */
  record FsctlOutput(int controlCode, Object output) {
    /** Enough for the input of each FSCTL that has a type of its own. */
    private static final byte[] INPUT = input();

    private static byte[] input() {
      byte[] input = new byte[544];
      Arrays.fill(input, 16, 22, (byte) 0x7F); // of OFFLOAD_WRITE, and
      Arrays.fill(input, 28, 32, (byte) 0x7F); // of OFFLOAD_READ: more than any output tells
      return input;
    }

    static FsctlOutput read(WireReader in) {
      int controlCode = in.bits32();
      Fsctl<?> fsctl = Fsctl.readInput(controlCode, WireReader.of(INPUT), 0);
      return new FsctlOutput(
          controlCode, fsctl.readOutput(in.region(in.position(), in.remaining())));
    }

    void write(WireWriter out) {
      out.bits32(controlCode);
      if (output instanceof SrvRequestResumeKeyResponse response) {
        response.writeOutput(out);
      } else if (output instanceof SrvCopyChunkResponse response) {
        response.writeOutput(out);
      } else if (output instanceof ValidateNegotiateInfoResponse response) {
        response.writeOutput(out);
      } else if (output instanceof OffloadReadOutput response) {
        response.writeOutput(out);
      } else if (output instanceof OffloadWriteOutput response) {
        response.writeOutput(out);
      } else if (output instanceof GetIntegrityInformationOutput response) {
        response.writeOutput(out);
      } else if (output instanceof ReparseDataBuffer reparsePoint) {
        reparsePoint.write(out);
      } else if (output instanceof List<?> ranges) {
        ranges.forEach(range -> {
          FileAllocatedRangeBuffer allocated = (FileAllocatedRangeBuffer) range;
          out.bits64(allocated.fileOffset()).bits64(allocated.length());
        });
      } else if (output == NoOutput.NONE) {
        out.zeros(0);
      } else {
        out.octets((Octets) output);
      }
    }
  }

  /**
   * {@code 0 HintLength 2 | 2 ChallengeLength 2 | 4 Hint | Challenge | Final}: all that a server
   * says in a login.
   */
  private static String login(byte[] bytes) {
    WireReader in = WireReader.of(bytes);
    int hintLength = in.u16();
    int challengeLength = in.u16();
    SpnegoAuthenticator client = SpnegoAuthenticator.ntlm(
        new NtlmIdentity("KATGRP", "katuser", new char[0]),
        "127.0.0.1",
        in.octets(hintLength),
        random -> Arrays.fill(random, (byte) 0x55),
        () -> 0);
    client.initialToken();
    client.next(in.octets(challengeLength));
    client.complete(in.rest());
    return client.toString();
  }
}
