package io.copychunk.message.context;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** SMB2 NEGOTIATE_CONTEXT (2.2.3.1, 2.2.4.1): one subject of a negotiation of 3.1.1. */
public sealed interface NegotiateContext
    permits PreauthIntegrityCapabilities,
        EncryptionCapabilities,
        CompressionCapabilities,
        NetnameNegotiateContextId,
        TransportCapabilities,
        RdmaTransformCapabilities,
        SigningCapabilities,
        UnknownNegotiateContext {
  /** More contexts than this in one message are refused. */
  int MAX_COUNT = 64;

  /**
   * Reads the contexts of a message. A type that we know may occur once only.
   *
   * @param in the message
   * @param offset where the first context starts, from the start of the message
   * @param count how many there are
   * @return the contexts in their order
   */
  static List<NegotiateContext> readList(WireReader in, long offset, int count) {
    if (count == 0) {
      return List.of();
    }
    if (count > MAX_COUNT) {
      throw new MalformedMessageException(
          "NegotiateContextCount: " + count + " (expected: <= " + MAX_COUNT + ")");
    }
    if (offset % 8 != 0) {
      throw new MalformedMessageException(
          "NegotiateContextOffset: " + offset + " (expected: a multiple of 8)");
    }
    WireReader list = in.regionFrom(offset);
    List<NegotiateContext> contexts = new ArrayList<>();
    Set<Integer> types = new HashSet<>();
    for (int i = 0; i < count; i++) {
      list.align(8);
      NegotiateContext context = read(list);
      if (!types.add(context.type()) && !(context instanceof UnknownNegotiateContext)) {
        throw new MalformedMessageException(
            "ContextType: %d twice (expected: once)".formatted(context.type()));
      }
      contexts.add(context);
    }
    return contexts;
  }

  /**
   * Writes the contexts of a message, and where and how many they are. Nothing is written for none.
   *
   * @param out the message
   * @param offset receives where the first context starts
   * @param count receives how many there are
   * @param contexts what to write
   */
  static void writeList(
      WireWriter out,
      WireWriter.Slot offset,
      WireWriter.Slot count,
      List<NegotiateContext> contexts) {
    if (contexts.isEmpty()) {
      return;
    }
    out.align(8);
    out.set(offset, out.position());
    out.set(count, contexts.size());
    for (NegotiateContext context : contexts) {
      out.align(8); // nothing follows the last one
      // 0 ContextType 2 | 2 DataLength 2 | 4 Reserved 4 | 8 Data
      out.u16(context.type());
      WireWriter.Slot dataLength = out.u16Slot();
      out.bits32(0);
      int from = out.position();
      context.writeData(out);
      out.set(dataLength, out.position() - from);
    }
  }

  /**
   * The ContextType.
   *
   * @return 0 to 65535
   */
  int type();

  /**
   * Writes what follows the context's header.
   *
   * @param out where it goes
   */
  void writeData(WireWriter out);

  private static NegotiateContext read(WireReader in) {
    int type = in.u16();
    int dataLength = in.u16();
    in.skip(4); // Reserved
    WireReader data = in.region(in.position(), dataLength);
    in.skip(dataLength);
    return switch (type) {
      case PreauthIntegrityCapabilities.TYPE -> PreauthIntegrityCapabilities.read(data);
      case EncryptionCapabilities.TYPE -> EncryptionCapabilities.read(data);
      case CompressionCapabilities.TYPE -> CompressionCapabilities.read(data);
      case NetnameNegotiateContextId.TYPE -> NetnameNegotiateContextId.read(data);
      case TransportCapabilities.TYPE -> TransportCapabilities.read(data);
      case RdmaTransformCapabilities.TYPE -> RdmaTransformCapabilities.read(data);
      case SigningCapabilities.TYPE -> SigningCapabilities.read(data);
      default -> new UnknownNegotiateContext(type, data.rest());
    };
  }
}
