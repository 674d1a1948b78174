package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.copychunk.testing.Capture;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that no honest server sends. */
class HostileTokensTest {
  private static final Capture CAPTURE = Capture.of("samba-smbclient-scopy-smb311.json");
  private static final Octets HINT = CAPTURE.negotiateResponse().securityBuffer();
  private static final Octets CHALLENGE = CAPTURE.challengeToken();
  private static final Octets FINAL = CAPTURE.finalToken();
  private static final int MUTATIONS = 3_000;
  private static final int MUTATED_LOGINS = 2_000;

  @Test
  void everyPrefixIsMalformed() {
    SambaLogin login = SambaLogin.of(CAPTURE);
    everyPrefixIsMalformed(HINT, NegTokenInit2::read);
    everyPrefixIsMalformed(CAPTURE.firstToken(), NegTokenInit::read);
    everyPrefixIsMalformed(CHALLENGE, NegTokenResp::read);
    everyPrefixIsMalformed(FINAL, NegTokenResp::read);
    everyPrefixIsMalformed(login.challenge(), ChallengeMessage::read);
    everyPrefixIsMalformed(login.authenticate(), AuthenticateMessage::read);
    Octets three = Octets.copyOf(new byte[3]);
    everyPrefixIsMalformed(
        new NegotiateMessage(NegotiateFlags.VERSION, three, three, NtlmVersion.OURS).write(),
        NegotiateMessage::read);
  }

  private static void everyPrefixIsMalformed(Octets token, Function<Octets, ?> reader) {
    byte[] bytes = token.toByteArray();
    assertThat(reader.apply(token)).isNotNull();
    for (int length = 0; length < bytes.length; length++) {
      Octets prefix = Octets.copyOf(Arrays.copyOf(bytes, length));
      assertThatExceptionOfType(MalformedMessageException.class)
          .as("%d of %d bytes", length, bytes.length)
          .isThrownBy(() -> reader.apply(prefix));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a1", // no length
        "a180", // indefinite length
        "a1803080a0030a010000000000",
        "a18500000000023000", // five bytes of length
        "a184ffffffff3000", // 4 GiB
        "a1830100003000", // beyond the end
        "a102300000", // something behind
        "a10430020000", // an element without a tag
        "a103020100", // no sequence
        "a1023100", // a set
        "a1053003a0010a", // cut off inside
        "a1073005a0030a0104", // negState 4
        "a1073005a0030a01ff", // negState -1
        "a10c300aa0080a06010000000000", // negState 2^40
        "a10c300aa0030a0100a0030a0100", // negState twice
        "a10e300ca3050403010203a0030a0100", // descending
        "a1073005a203040201", // token longer than its field
        "a1093007a20524030401ff", // constructed octet string
        "a1073005a003020100", // negState as an integer
        "a1073005a103060180", // object identifier that does not end
        "a10430021f00", // long tag
        "a0043002a000", // wrong choice
        "30023000"
      })
  void malformedResponses(String hex) {
    malformed(NegTokenResp::read, hex);
  }

  @Test
  void emptyResponseIsOneWithoutFields() {
    assertThat(NegTokenResp.read(Octets.ofHex("a1023000")))
        .isEqualTo(new NegTokenResp(null, null, Octets.EMPTY, Octets.EMPTY));
  }

  @Test
  void unknownFieldsAreSkipped() {
    assertThat(
            NegTokenResp.read(Octets.ofHex("a10e300ca0030a0100a4050403010203")).negState())
        .isEqualTo(NegState.ACCEPT_COMPLETED);
  }

  @Test
  void deepNestingIsMalformedAndNotAStackOverflow() {
    byte[] token = new byte[0];
    for (int depth = 0; depth < 10_000 && token.length < 60_000; depth++) {
      token = wrap(depth % 2 == 0 ? 0x30 : 0xA0, token);
    }
    Octets nested = Octets.copyOf(wrap(0xA1, wrap(0x30, wrap(0xA4, token))));
    malformed(NegTokenResp::read, nested.hex());
  }

  @Test
  void hugeListsOfMechanismsAreMalformed() {
    List<MechType> many = Collections.nCopies(65, MechType.NTLMSSP);
    malformed(
        NegTokenInit2::read,
        new NegTokenInit2(many, Octets.EMPTY, Octets.EMPTY).write().hex());
    List<MechType> some = Collections.nCopies(64, MechType.NTLMSSP);
    Octets token = new NegTokenInit2(some, Octets.EMPTY, Octets.EMPTY).write();
    assertThat(NegTokenInit2.read(token).mechTypes()).hasSize(64);
  }

  @Test
  void tokensBeyond64KibAreMalformed() {
    malformed(
        NegTokenResp::read,
        new NegTokenResp(null, null, Octets.copyOf(new byte[65_530]), Octets.EMPTY)
            .write()
            .hex());
  }

  @Test
  void initialTokenOfAnotherProtocolIsMalformed() {
    malformed(NegTokenInit2::read, HINT.hex().replace("2b0601050502", "2b0601050503"));
    malformed(NegTokenInit::read, "6006" + "06042b060105");
    malformed(NegTokenInit::read, "600c" + "06062b0601050502" + "a0023000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no terminator
        "0100020041", // cut off inside a value
        "01000200410042", // half a pair behind the value
        "010002004100", // no terminator behind a pair
        "00000100", // terminator with a length
        "0100ffff00000000", // value beyond the end
        "06000300000000 00000000", // Flags too short
        "0700040000000000 00000000", // Timestamp too short
        "0600040000000000 0600040000000000 00000000", // Flags twice
        "070008000000000000000000 070008000000000000000000 00000000", // Timestamp twice
        "0a00040000000000 00000000" // ChannelBindings too short
      })
  void malformedAvPairs(String hex) {
    malformed(AvPairs::read, hex);
  }

  @Test
  void pointersOutsideTheMessageAreMalformed() {
    byte[] challenge = SambaLogin.of(CAPTURE).challenge().toByteArray();
    for (int field : new int[] {16, 44}) {
      for (int offset : new int[] {0, 12, 47, challenge.length, 0x7FFF_FFFF, -1}) {
        byte[] moved = challenge.clone();
        for (int i = 0; i < 4; i++) {
          moved[field + i] = (byte) (offset >>> 8 * i);
        }
        malformed(ChallengeMessage::read, Octets.copyOf(moved).hex());
      }
    }
  }

  @Test
  void mutatedTokensFailInNoOtherWay() {
    Octets authenticate = SambaLogin.of(CAPTURE).authenticate();
    Random random = new Random(20_260_101);
    for (int i = 0; i < MUTATIONS; i++) {
      decode(mutated(HINT, random), NegTokenInit2::read);
      decode(mutated(CAPTURE.firstToken(), random), NegTokenInit::read);
      decode(mutated(FINAL, random), NegTokenResp::read);
      decode(mutated(authenticate, random), AuthenticateMessage::read);
    }
  }

  private static void decode(Octets token, Function<Octets, ?> reader) {
    try {
      assertThat(reader.apply(token)).isNotNull();
    } catch (MalformedMessageException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void loginsByMutatedTokensFailOrHaveNoMic() {
    Random random = new Random(20_260_102);
    for (int i = 0; i < MUTATED_LOGINS; i++) {
      Octets last = mutated(FINAL, random);
      try {
        login(mutated(HINT, random), mutated(CHALLENGE, random), last);
      } catch (MalformedMessageException | AuthenticationException e) {
        assertThat(e.getMessage()).isNotEmpty();
        continue;
      }
      // The server's MIC depends on a key that it can not know here.
      assertThat(NegTokenResp.read(last).mechListMic().isEmpty()).isTrue();
    }
  }

  private static void login(Octets hint, Octets challenge, Octets last) {
    SpnegoAuthenticator client = SpnegoAuthenticator.ntlm(
        new NtlmIdentity("KATGRP", "katuser", new char[0]),
        "127.0.0.1",
        hint,
        bytes -> Arrays.fill(bytes, (byte) 0x55),
        () -> 0);
    client.initialToken();
    client.next(challenge);
    client.complete(last);
  }

  private static Octets mutated(Octets token, Random random) {
    byte[] bytes = token.toByteArray();
    for (int left = random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x80);
        default -> bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(2));
      }
    }
    return Octets.copyOf(bytes);
  }

  private static byte[] wrap(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 0x80) {
      out.write(0x83);
      out.write(content.length >>> 16);
      out.write(content.length >>> 8);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void malformed(Function<Octets, ?> reader, String hex) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> reader.apply(Octets.ofHex(hex.replace(" ", ""))));
  }
}
