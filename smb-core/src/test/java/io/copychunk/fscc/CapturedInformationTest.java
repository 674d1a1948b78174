package io.copychunk.fscc;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.QueryInfoResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.Smb2Message;
import io.copychunk.testing.Captures;
import io.copychunk.testing.Captures.Message;
import io.copychunk.testing.Information;
import io.copychunk.wire.Octets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every information that a real server or client has sent, read and written again. */
class CapturedInformationTest {
  private final Set<String> met = new TreeSet<>();

  @Test
  void comesOutTheSame() {
    for (String file : Captures.files()) {
      for (Message message : Captures.read(file).messages()) {
        Smb2Message body = message.decode();
        if (body instanceof SetInfoRequest set) {
          check(message, set.infoType(), set.fileInfoClass(), set.buffer());
        } else if (body instanceof QueryInfoResponse answer) {
          QueryInfoRequest asked = (QueryInfoRequest) message.request();
          check(message, asked.infoType(), asked.fileInfoClass(), answer.output());
        } else if (body instanceof QueryDirectoryResponse answer) {
          QueryDirectoryRequest asked = (QueryDirectoryRequest) message.request();
          check(message, InfoType.FILE, asked.fileInformationClass(), answer.output());
        }
      }
    }
    assertThat(met)
        .contains("file-basic", "file-standard", "file-id-both-directory", "file-fs-attribute");
  }

  private void check(Message message, InfoType infoType, int code, Octets bytes) {
    Information.find(infoType, code).ifPresent(known -> {
      Object information = known.reader().apply(bytes.reader());
      byte[] written = known.write(information);

      assertThat(known.reader().apply(Octets.copyOf(written).reader()))
          .as(message.name())
          .isEqualTo(information);
      assertThat(Octets.copyOf(written).hex()).as(message.name()).startsWith(same(bytes, written));
      met.add(known.name());
    });
  }

  /** Samba pads the last of several entries as well. */
  private static String same(Octets bytes, byte[] written) {
    String hex = bytes.hex();
    String rest = hex.substring(Math.min(hex.length(), 2 * written.length));
    return rest.matches("0*") ? hex.substring(0, 2 * Math.min(bytes.size(), written.length)) : hex;
  }
}
