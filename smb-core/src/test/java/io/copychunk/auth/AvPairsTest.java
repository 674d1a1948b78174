package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.wire.Octets;
import org.junit.jupiter.api.Test;

class AvPairsTest {
  private static final String NAMES = "02000200410001000200 4200".replace(" ", "");
  private static final String ADDED =
      "0a00100000000000000000000000000000000000" + "0900040063002f00" + "00000000";

  @Test
  void clientKeepsTheOrderAndTheOtherBitsOfFlags() {
    AvPairs server = read("060004000500ff00" + NAMES + "00000000");
    assertThat(server.forClient("c/").write().hex()).isEqualTo("060004000700ff00" + NAMES + ADDED);
  }

  @Test
  void clientAddsMissingFlags() {
    assertThat(read(NAMES + "00000000").forClient("c/").write().hex())
        .isEqualTo(NAMES + "0600040002000000" + ADDED);
  }

  @Test
  void whatOnlyAClientSaysIsNotTakenFromTheServer() {
    assertThat(read("0900020078000a0010000102030405060708090a0b0c0d0e0f1000000000")
            .forClient("c/")
            .write()
            .hex())
        .isEqualTo("0600040002000000" + ADDED);
  }

  @Test
  void unknownIdsSurviveAndWhatFollowsTheEndDoesNot() {
    AvPairs pairs = read("4400010041" + "00000000" + "ffffff");
    assertThat(pairs.value(0x44)).isEqualTo(Octets.ofHex("41"));
    assertThat(pairs.has(AvPairs.FLAGS)).isFalse();
    assertThat(pairs.write().hex()).isEqualTo("440001004100000000");
  }

  private static AvPairs read(String hex) {
    return AvPairs.read(Octets.ofHex(hex));
  }
}
