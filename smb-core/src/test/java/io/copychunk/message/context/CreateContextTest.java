package io.copychunk.message.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Guid;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CreateContextTest {
  private static final Guid GUID = new Guid(1, 2);
  private static final String GUID_HEX = "01000000000000000200000000000000";

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("ExtA", new EaBuffer(Octets.ofHex("0102")), "0102"),
        Arguments.of("SecD", new SdBuffer(Octets.ofHex("0102")), "0102"),
        Arguments.of("DHnQ", new DurableHandleRequest(), "00".repeat(16)),
        Arguments.of("DHnC", new DurableHandleReconnect(new FileId(1, 2)), GUID_HEX),
        Arguments.of("AlSi", new AllocationSize(0x100000), "0000100000000000"),
        Arguments.of("MxAc", new QueryMaximalAccessRequest(0), ""),
        Arguments.of("MxAc", new QueryMaximalAccessRequest(5), "0500000000000000"),
        Arguments.of("TWrp", new TimewarpToken(5), "0500000000000000"),
        Arguments.of("QFid", new QueryOnDiskIdRequest(), ""),
        Arguments.of(
            "RqLs", new Lease(GUID, 7, 0), GUID_HEX + "07000000 00000000 0000000000000000"),
        Arguments.of(
            "RqLs",
            new LeaseV2(GUID, 7, 4, GUID, 9),
            GUID_HEX + "07000000 04000000 0000000000000000" + GUID_HEX + "0900 0000"),
        Arguments.of(
            "DH2Q",
            new DurableHandleRequestV2(60_000, 2, GUID),
            "60ea0000 02000000 0000000000000000" + GUID_HEX),
        Arguments.of(
            "DH2C",
            new DurableHandleReconnectV2(new FileId(1, 2), GUID, 2),
            GUID_HEX + GUID_HEX + "02000000"),
        Arguments.of(
            "E\u00bc\u00a6j\u00ef\u00a7\u00f7J\u0090\b\u00faF.\u0014Mt",
            new AppInstanceId(GUID),
            "1400 0000" + GUID_HEX),
        Arguments.of(
            "AAPL",
            new AaplServerQueryRequest(7, 3),
            "01000000 00000000 0700000000000000 0300000000000000"),
        Arguments.of(
            "AAPL",
            new UnknownCreateContext(name("AAPL"), Octets.ofHex("0200000000000000")),
            "02000000 00000000"),
        Arguments.of("none", new UnknownCreateContext(name("none"), Octets.ofHex("01")), "01"));
  }

  static Stream<Arguments> responses() {
    return Stream.of(
        Arguments.of("DHnQ", new DurableHandleResponse(), "00".repeat(8)),
        Arguments.of(
            "MxAc",
            new QueryMaximalAccessResponse(NtStatus.ACCESS_DENIED, new AccessMask(0x001F01FF)),
            "220000c0 ff011f00"),
        Arguments.of("QFid", new QueryOnDiskIdResponse(1, 2), GUID_HEX + "00".repeat(16)),
        Arguments.of(
            "RqLs", new Lease(GUID, 1, 2), GUID_HEX + "01000000 02000000 0000000000000000"),
        Arguments.of(
            "RqLs",
            new LeaseV2(GUID, 7, 4, GUID, 9),
            GUID_HEX + "07000000 04000000 0000000000000000" + GUID_HEX + "0900 0000"),
        Arguments.of("DH2Q", new DurableHandleResponseV2(60_000, 2), "60ea0000 02000000"),
        Arguments.of(
            "AAPL",
            new AaplServerQueryResponse(7, 2, 3, "Mac"),
            "01000000 00000000 0700000000000000 0200000000000000 0300000000000000"
                + "00000000 06000000 4d0061006300"),
        Arguments.of(
            "AAPL",
            new AaplServerQueryResponse(1, 2, 0, ""),
            "01000000 00000000 0100000000000000 0200000000000000"),
        Arguments.of("AlSi", new UnknownCreateContext(name("AlSi"), Octets.ofHex("01")), "01"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestBytes(String name, CreateContext context, String data) {
    assertThat(context.name()).isEqualTo(name(name));
    assertThat(WireWriter.toBytes(context::writeData)).isEqualTo(Vectors.hex(data));
    assertThat(CreateContext.readRequestList(list(List.of(context)))).containsExactly(context);
  }

  @ParameterizedTest
  @MethodSource("responses")
  void responseBytes(String name, CreateContext context, String data) {
    assertThat(context.name()).isEqualTo(name(name));
    assertThat(WireWriter.toBytes(context::writeData)).isEqualTo(Vectors.hex(data));
    assertThat(CreateContext.readResponseList(list(List.of(context)))).containsExactly(context);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void shortRequestData(String name, CreateContext context, String data) {
    if (context instanceof EaBuffer
        || context instanceof SdBuffer
        || context instanceof UnknownCreateContext) {
      return;
    }
    int size = Vectors.hex(data).length;
    for (int length = 1; length < size; length++) {
      WireReader list = cut(name, data, length);
      if (context instanceof LeaseV2 && length >= 32) {
        assertThat(CreateContext.readRequestList(list).get(0)).isInstanceOf(Lease.class);
      } else {
        assertThatThrownBy(() -> CreateContext.readRequestList(list))
            .as("%d bytes", length)
            .isInstanceOf(MalformedMessageException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("responses")
  void shortResponseData(String name, CreateContext context, String data) {
    if (context instanceof UnknownCreateContext) {
      return;
    }
    int size = Vectors.hex(data).length;
    for (int length = 0; length < size; length++) {
      WireReader list = cut(name, data, length);
      if (context instanceof LeaseV2 && length >= 32) {
        assertThat(CreateContext.readResponseList(list).get(0)).isInstanceOf(Lease.class);
      } else {
        assertThatThrownBy(() -> CreateContext.readResponseList(list))
            .as("%d bytes", length)
            .isInstanceOf(MalformedMessageException.class);
      }
    }
  }

  @Test
  void entriesAreAlignedAndTheLastIsNotPadded() {
    List<CreateContext> contexts = List.of(
        new UnknownCreateContext(name("abcd"), Octets.ofHex("01")),
        new UnknownCreateContext(name("efgh"), Octets.ofHex("02")));
    byte[] bytes = WireWriter.toBytes(out -> CreateContext.writeList(out, contexts));
    assertThat(bytes)
        .isEqualTo(Vectors.hex("20000000 1000 0400 0000 1800 01000000 61626364 00000000 01"
            + "00000000000000" + "00000000 1000 0400 0000 1800 01000000 65666768 00000000 02"));
    assertThat(CreateContext.readRequestList(WireReader.of(bytes))).isEqualTo(contexts);
  }

  @Test
  void noContexts() {
    assertThat(CreateContext.readRequestList(WireReader.of(new byte[0]))).isEmpty();
  }

  private static WireReader cut(String name, String data, int length) {
    Octets part = WireReader.of(Vectors.hex(data)).octets(length);
    return list(List.of(new UnknownCreateContext(name(name), part)));
  }

  private static WireReader list(List<CreateContext> contexts) {
    return WireReader.of(WireWriter.toBytes(out -> CreateContext.writeList(out, contexts)));
  }

  private static Octets name(String name) {
    return Octets.copyOf(name.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void longestNameCanBeWrittenAndLongerOnesAreRefused() {
    Octets data = Octets.ofHex("01");
    List<CreateContext> longest = List.of(
        new UnknownCreateContext(Octets.copyOf(new byte[CreateContext.MAX_NAME_SIZE]), data));
    byte[] bytes = WireWriter.toBytes(out -> CreateContext.writeList(out, longest));
    assertThat(CreateContext.readResponseList(WireReader.of(bytes))).isEqualTo(longest);
    byte[] longer = bytes.clone();
    longer[6]++; // NameLength
    assertThatThrownBy(() -> CreateContext.readResponseList(WireReader.of(longer)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("NameLength: 65513");
  }

  @Test
  void attack12_theLastOneHasNoNext() {
    String entry = "1000 0400 0000 0000 00000000 4d784163 00000000";
    assertThat(read("00000000" + entry)).hasSize(1);
    assertThatThrownBy(() -> read("18000000" + entry))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("Next: 24 (expected: a multiple of 8, < 24)");
  }

  private static List<CreateContext> read(String hex) {
    return CreateContext.readResponseList(WireReader.of(Vectors.hex(hex)), name -> false);
  }
}
