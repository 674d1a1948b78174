package io.copychunk.testing;

import io.copychunk.auth.AvPairs;
import io.copychunk.auth.ChallengeMessage;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.fscc.InfoType;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.QueryInfoResponse;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.Smb2Message;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the corpus from the captures, and by hand where no capture has the structure. Of inputs that
 * are alike in kind and size it keeps the first. Files of other names are left alone.
 *
 * <p>{@code main} takes the directory {@code src/test/resources/corpus}.
 */
public final class CorpusSeeds {
  private static final int NTLM_TYPE_OFFSET = 8;

  /** The inputs by their path in the corpus. */
  private final Map<String, byte[]> files = new TreeMap<>();

  private final Map<String, String> kinds = new TreeMap<>();

  private CorpusSeeds() {}

  public static void main(String[] args) throws IOException {
    Path corpus = Path.of(args[0]);
    long size = 0;
    Map<String, byte[]> files = all();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = corpus.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      size += file.getValue().length;
    }
    System.out.printf("%d inputs, %d bytes%n", files.size(), size);
  }

  /** All inputs by their path in the corpus. */
  static Map<String, byte[]> all() throws IOException {
    CorpusSeeds seeds = new CorpusSeeds();
    Captures.files().forEach(seeds::addCapture);
    seeds.addErrorMatrix();
    new HandMadeSeeds(seeds).addAll();
    seeds.addEncryptedFrames();
    return seeds.files;
  }

  void add(String decoder, String source, byte[] bytes) {
    add(decoder, source, bytes, String.valueOf(bytes.length));
  }

  void add(String decoder, String source, byte[] bytes, String kind) {
    String name = source
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\.json|samba-", "")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
    String path = decoder + "/" + name.substring(0, Math.min(name.length(), 80)) + ".bin";
    if (kinds.putIfAbsent(decoder + " " + kind, path) == null) {
      for (int i = 2; files.containsKey(path); i++) {
        path = path.replaceAll("(-[0-9]+)?\\.bin$", "-" + i + ".bin");
      }
      files.put(path, bytes);
    }
  }

  void addWritten(String decoder, String source, WireWriter.Part part) {
    add(decoder, source, WireWriter.toBytes(part));
  }

  private void addCapture(String file) {
    for (Captures.Message message : Captures.read(file).messages()) {
      addMessage(file + " " + message.name(), message);
    }
    Capture capture = Capture.of(file);
    for (Vectors.Frame frame : capture.frames()) {
      if (WireReader.of(frame.bytes()).bits32() == TransformHeader.PROTOCOL_ID) {
        byte[] header = Arrays.copyOf(frame.bytes(), TransformHeader.SIZE);
        add("transform-header", file + " " + frame, header, String.valueOf(frame.fromClient()));
      }
    }
    if (capture.json().has("frames")
        && !capture.negotiateResponse().securityBuffer().isEmpty()) {
      addLogin(file, capture);
    }
  }

  private void addEncryptedFrames() {
    EncryptedFrames.genuine()
        .forEach((cipher, frames) -> frames.forEach(frame ->
            add("encrypted-frame", "by hand " + cipher, frame, cipher + " " + frame.length)));
  }

  private void addMessage(String source, Captures.Message message) {
    Smb2Header header = message.header();
    byte[] bytes = message.bytes();
    String kind = header.command() + " " + header.flags() + " " + header.status();
    add("header", source, Arrays.copyOf(bytes, Smb2Header.SIZE), kind);
    Smb2Message body = message.decode();
    add(kebab(body), source, bytes);
    if (!header.isResponse()) {
      add("request", source, bytes, header.command().toString());
    }
    addParts(source, message, body);
  }

  /** Such as "create-request" for a CreateRequest. */
  private static String kebab(Smb2Message body) {
    return body.getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private void addParts(String source, Captures.Message message, Smb2Message body) {
    if (body instanceof NegotiateRequest request) {
      addContexts(source, request.contexts());
    } else if (body instanceof NegotiateResponse response) {
      addContexts(source, response.contexts());
      add("neg-token-init2", source, response.securityBuffer().toByteArray());
    } else if (body instanceof SessionSetupRequest request) {
      addToken(source, request.securityBuffer());
    } else if (body instanceof SessionSetupResponse response) {
      addToken(source, response.securityBuffer());
    } else if (body instanceof CreateRequest request) {
      addWritten(
          "create-contexts-request",
          source,
          out -> CreateContext.writeList(out, request.contexts()));
    } else if (body instanceof CreateResponse response) {
      addWritten(
          "create-contexts-response",
          source,
          out -> CreateContext.writeList(out, response.contexts()));
    } else if (body instanceof IoctlRequest request) {
      addWritten(
          "fsctl-input",
          source,
          out -> out.bits32(request.controlCode())
              .u32(request.maxOutputResponse())
              .octets(request.input()));
    } else if (body instanceof SetInfoRequest request) {
      addInformation(source, request.infoType(), request.fileInfoClass(), request.buffer());
    } else if (body instanceof QueryInfoResponse response
        && message.request() instanceof QueryInfoRequest asked) {
      addInformation(source, asked.infoType(), asked.fileInfoClass(), response.output());
    } else if (body instanceof QueryDirectoryResponse response
        && message.request() instanceof QueryDirectoryRequest asked) {
      addInformation(source, InfoType.FILE, asked.fileInformationClass(), response.output());
    } else if (body instanceof IoctlResponse response
        && (message.header().status().isSuccess() || response.output().size() == 12)) {
      addOutput(source, response.controlCode(), response.output());
    }
  }

  void addInformation(String source, InfoType infoType, int code, Octets bytes) {
    Information.find(infoType, code)
        .ifPresent(known -> add(known.name(), source, bytes.toByteArray()));
  }

  void addContexts(String source, List<NegotiateContext> contexts) {
    addWritten("negotiate-contexts", source, out -> Decoders.writeNegotiateContexts(out, contexts));
  }

  void addOutput(String source, int controlCode, Octets output) {
    byte[] bytes = WireWriter.toBytes(out -> out.bits32(controlCode).octets(output));
    add("fsctl-output", source, bytes, controlCode + " " + bytes.length);
  }

  void addToken(String source, Octets token) {
    if (token.isEmpty()) {
      return;
    }
    byte[] bytes = token.toByteArray();
    switch (bytes[0]) {
      case 0x60 -> {
        add("neg-token-init", source, bytes);
        addToken(source, NegTokenInit.read(token).mechToken());
      }
      case (byte) 0xA1 -> {
        add("neg-token-resp", source, bytes);
        addToken(source, NegTokenResp.read(token).responseToken());
      }
      case 'N' -> addNtlm(source, token, bytes[NTLM_TYPE_OFFSET]);
      default -> throw new IllegalStateException(source + ": token " + token.hex());
    }
  }

  void addNtlm(String source, Octets message, int type) {
    switch (type) {
      case 1 -> add("ntlm-negotiate", source, message.toByteArray());
      case 2 -> {
        add("ntlm-challenge", source, message.toByteArray());
        AvPairs pairs = ChallengeMessage.read(message).targetInfo();
        add("av-pairs", source, pairs.write().toByteArray());
      }
      default -> add("ntlm-authenticate", source, message.toByteArray());
    }
  }

  private void addLogin(String file, Capture capture) {
    Octets hint = capture.negotiateResponse().securityBuffer();
    Octets challenge = capture.challengeToken();
    if (challenge.toByteArray()[0] != 'N') {
      addWritten(
          "login",
          file,
          out -> out.u16(hint.size())
              .u16(challenge.size())
              .octets(hint)
              .octets(challenge)
              .octets(new NegTokenResp(NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, Octets.EMPTY)
                  .write()));
    }
  }

  private void addErrorMatrix() {
    ErrorMatrix.cases().filter(ErrorMatrix.Case::isAnswered).forEach(answer -> {
      String source = "matrix " + answer.name();
      if (answer.structureSize() == ErrorResponse.STRUCTURE_SIZE) {
        byte[] bytes = WireWriter.toBytes(out -> out.zeros(Smb2Header.SIZE).octets(answer.error()));
        add("error-response", source, bytes);
      }
    });
  }
}
