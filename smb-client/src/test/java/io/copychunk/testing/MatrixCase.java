package io.copychunk.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Samba answered to one of many IOCTL requests, most of them wrong in one way or another.
 *
 * @param name what was asked, in words
 * @param status the status; meaningless without an answer
 * @param structureSize of the body, 0 without an answer
 * @param output the output of an IOCTL response; what was not kept is zeros here
 */
public record MatrixCase(String name, NtStatus status, int structureSize, Octets output) {
  private static final String FILE = "/vectors/samba-error-matrix.json";
  private static final Pattern MAX_OUTPUT =
      Pattern.compile("(?i)(?:MaxOutputResponse|maxout)[= ](\\d+)");
  private static final int OTHER_CONTROL_CODE = 0x0009_0000;

  public static Stream<MatrixCase> all() {
    try (InputStream in = MatrixCase.class.getResourceAsStream(FILE)) {
      JsonElement list = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
          .map(JsonElement::getAsJsonObject)
          .map(MatrixCase::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAbout(String operation) {
    return name.startsWith(operation) || name.startsWith("compound") && name.contains(operation);
  }

  public boolean isKey() {
    return isAbout("RK");
  }

  public int maxOutput() {
    Matcher matcher = MAX_OUTPUT.matcher(name);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : isKey() ? 32 : 4096;
  }

  public int controlCode() {
    if (name.startsWith("CC_WRITE")) {
      return FsctlCode.SRV_COPYCHUNK_WRITE;
    }
    return isAbout("CC") ? FsctlCode.SRV_COPYCHUNK : OTHER_CONTROL_CODE;
  }

  private static MatrixCase read(JsonObject json) {
    String name = json.get("case").getAsString();
    if (json.get("status").isJsonNull()) {
      return new MatrixCase(name, NtStatus.SUCCESS, 0, Octets.EMPTY);
    }
    NtStatus status = NtStatus.of(Long.decode(json.get("status").getAsString()).intValue());
    int structureSize = json.get("structure").getAsInt();
    Octets output = structureSize == 9 ? Octets.EMPTY : output(json);
    return new MatrixCase(name, status, structureSize, output);
  }

  private static Octets output(JsonObject json) {
    int size = json.get("outcount").getAsInt();
    if (json.get("body").isJsonNull()) {
      return Octets.copyOf(new byte[size]);
    }
    String body = json.get("body").getAsString();
    if (!body.contains("/")) {
      return Octets.ofHex(body);
    }
    ByteBuffer numbers = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    Stream.of(body.split("/")).map(Integer::valueOf).forEach(numbers::putInt);
    return Octets.copyOf(numbers.flip());
  }

  @Override
  public String toString() {
    return name;
  }
}
