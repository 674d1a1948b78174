package io.copychunk.testing;

import io.copychunk.message.ErrorResponse;
import io.copychunk.message.Smb2Message;
import io.copychunk.message.Smb2Request;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The captures, taken apart into single messages. */
public final class Captures {
  private static final Set<Command> IMPLEMENTED = EnumSet.of(
      Command.NEGOTIATE,
      Command.SESSION_SETUP,
      Command.LOGOFF,
      Command.TREE_CONNECT,
      Command.TREE_DISCONNECT,
      Command.CREATE,
      Command.CLOSE,
      Command.FLUSH,
      Command.READ,
      Command.WRITE,
      Command.LOCK,
      Command.IOCTL,
      Command.CANCEL,
      Command.ECHO,
      Command.QUERY_DIRECTORY,
      Command.QUERY_INFO,
      Command.SET_INFO);

  private Captures() {}

  /**
   * One message of a capture.
   *
   * @param name the frame's label
   * @param bytes header, body and, in a compound, the padding
   * @param header its header
   * @param request the request that a response answers; null in a request
   */
  public record Message(
      String name,
      byte[] bytes,
      Smb2Header header,
      @Nullable Smb2Request<?> request) {
    public Smb2Message decode() {
      return decode(bytes);
    }

    /** Reads bytes in place of the message's own, as the message's receiver would. */
    public Smb2Message decode(byte[] bytes) {
      WireReader in = WireReader.of(bytes);
      NtStatus status = Smb2Header.read(in).status();
      if (!header.isResponse()) {
        return Smb2Request.read(header.command(), in);
      }
      Smb2Request<?> answered = Objects.requireNonNull(request);
      boolean ownBody = in.peekU16() == answered.responseStructureSize()
          && !status.equals(NtStatus.PENDING)
          && (status.isSuccess() || answered.accepts(status));
      return ownBody ? answered.readResponse(in) : ErrorResponse.read(in);
    }
  }

  /**
   * What a capture holds.
   *
   * @param messages those that we can decode
   * @param others how many belong to commands that we do not know yet
   * @param decrypted how many frames are encrypted, and were found to hold the plaintext that the
   *     capture lists besides: in front of a request, behind a response
   */
  public record Contents(List<Message> messages, int others, int decrypted) {}

  /** The names of all captures. */
  public static List<String> files() {
    try (Stream<Path> files = Files.list(
        Path.of(Objects.requireNonNull(Captures.class.getResource("/vectors")).toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("samba-") && !name.equals(ErrorMatrix.FILE))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Contents read(String file) {
    List<Message> messages = new ArrayList<>();
    Map<Long, Smb2Request<?>> requests = new HashMap<>();
    int others = 0;
    int decrypted = 0;
    Capture capture = Capture.of(file);
    List<Vectors.Frame> frames = capture.frames();
    for (int i = 0; i < frames.size(); i++) {
      Vectors.Frame frame = frames.get(i);
      if (Capture.isTransformed(frame)) {
        byte[] listed = frames.get(frame.fromClient() ? i - 1 : i + 1).bytes();
        if (!Arrays.equals(capture.decrypted(frame), listed)) {
          throw new AssertionError(frame + " holds something else than what is listed");
        }
        decrypted++;
        continue;
      }
      for (byte[] bytes : split(frame.bytes())) {
        WireReader in = WireReader.of(bytes);
        Smb2Header header = Smb2Header.read(in);
        if (!IMPLEMENTED.contains(header.command())) {
          others++;
        } else if (header.isResponse()) {
          Smb2Request<?> request = Objects.requireNonNull(requests.get(header.messageId()));
          messages.add(new Message(frame.toString(), bytes, header, request));
        } else {
          messages.add(new Message(frame.toString(), bytes, header, null));
          if (header.command() != Command.CANCEL) {
            requests.put(header.messageId(), Smb2Request.read(header.command(), in));
          }
        }
      }
    }
    return new Contents(List.copyOf(messages), others, decrypted);
  }

  private static List<byte[]> split(byte[] frame) {
    List<byte[]> elements = new ArrayList<>();
    byte[] rest = frame;
    while (true) {
      int next = (int) Smb2Header.read(WireReader.of(rest)).nextCommand();
      if (next == 0) {
        elements.add(rest);
        return elements;
      }
      elements.add(Arrays.copyOf(rest, next));
      rest = Arrays.copyOfRange(rest, next, rest.length);
    }
  }
}
