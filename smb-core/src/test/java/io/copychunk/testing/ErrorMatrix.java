package io.copychunk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.RawFsctl;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Samba answered to many IOCTL requests, most of them wrong in one way or another. */
public final class ErrorMatrix {
  /** The file with the cases; it holds no frames. */
  public static final String FILE = "samba-error-matrix.json";

  private static final Pattern MAX_OUTPUT =
      Pattern.compile("(?i)(?:MaxOutputResponse|maxout)[= ](\\d+)");
  private static final int OTHER_CONTROL_CODE = 0x0009_0000;

  private ErrorMatrix() {}

  /**
   * One request and what came of it.
   *
   * @param name what was asked, in words
   * @param json the case as it is in the file
   */
  public record Case(String name, JsonObject json) {
    /** Whether there is an answer: one request brought the server down. */
    public boolean isAnswered() {
      return has("status");
    }

    public NtStatus status() {
      return NtStatus.of(Integer.parseUnsignedInt(text("status").substring(2), 16));
    }

    /** The status in words, without the remark that may follow it. */
    public String statusName() {
      return text("status_name").split(" ", 2)[0];
    }

    /** The StructureSize of the body, 0 without an answer. */
    public int structureSize() {
      return has("structure") ? json.get("structure").getAsInt() : 0;
    }

    /** Whether the whole message has this size, header included; true when it was not kept. */
    public boolean isSize(int size) {
      return !has("length") || json.get("length").getAsInt() == size;
    }

    /** The output of an IOCTL response; what was not kept is zeros here. */
    public Octets output() {
      if (!has("body")) {
        return Octets.copyOf(new byte[json.get("outcount").getAsInt()]);
      }
      if (!isCopyChunk()) {
        return Octets.ofHex(text("body"));
      }
      ByteBuffer bytes =
          ByteBuffer.allocate(SrvCopyChunkResponse.SIZE).order(ByteOrder.LITTLE_ENDIAN);
      numbers().mapToInt(Math::toIntExact).forEach(bytes::putInt);
      return Octets.copyOf(bytes.flip());
    }

    /** The output of a COPYCHUNK, decoded. */
    public SrvCopyChunkResponse counters() {
      List<Long> numbers = numbers().boxed().toList();
      assertThat(numbers).hasSize(3);
      return new SrvCopyChunkResponse(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    /** The body of an error response; what was not kept is an error without data here. */
    public Octets error() {
      return Octets.ofHex(has("body") ? text("body") : "090000000000000000");
    }

    /** The number of bytes that the response says its output has. */
    public int outputCount() {
      return json.get("outcount").getAsInt();
    }

    /** What was asked for, as far as the output depends on it. */
    public Fsctl<?> fsctl() {
      if (isResumeKey()) {
        return new SrvRequestResumeKey(maxOutput(SrvRequestResumeKey.OUTPUT_SIZE));
      }
      if (isCopyChunk()) {
        Octets key = Octets.copyOf(new byte[SrvRequestResumeKeyResponse.KEY_SIZE]);
        return new SrvCopyChunkCopy(key, List.of(), name.contains("CC_WRITE"));
      }
      return new RawFsctl(OTHER_CONTROL_CODE, Octets.EMPTY, maxOutput(65536));
    }

    public long maxOutput() {
      return maxOutput(fsctl().maxOutputResponse());
    }

    public boolean isResumeKey() {
      return name.startsWith("RK") || name.startsWith("compound") && name.contains("RK");
    }

    public boolean isCopyChunk() {
      return name.startsWith("CC") || name.startsWith("compound") && name.contains("CC");
    }

    private long maxOutput(long otherwise) {
      Matcher matcher = MAX_OUTPUT.matcher(name);
      return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
    }

    private LongStream numbers() {
      return Stream.of((has("body") ? text("body") : "0/0/0").split("/"))
          .mapToLong(Long::parseLong);
    }

    private String text(String field) {
      return json.get(field).getAsString();
    }

    private boolean has(String field) {
      JsonElement value = json.get(field);
      return value != null && !value.isJsonNull();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static Stream<Case> cases() {
    return Vectors.list(FILE).stream().map(json -> new Case(json.get("case").getAsString(), json));
  }
}
