package io.copychunk.message.context;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** SMB2_CREATE_CONTEXT (2.2.13.2, 2.2.14.2): a wish beside a CREATE, or the answer to one. */
public sealed interface CreateContext
    permits EaBuffer,
        SdBuffer,
        DurableHandleRequest,
        DurableHandleResponse,
        DurableHandleReconnect,
        AllocationSize,
        QueryMaximalAccessRequest,
        QueryMaximalAccessResponse,
        TimewarpToken,
        Lease,
        LeaseV2,
        QueryOnDiskIdRequest,
        QueryOnDiskIdResponse,
        DurableHandleRequestV2,
        DurableHandleResponseV2,
        DurableHandleReconnectV2,
        AppInstanceId,
        AaplServerQueryRequest,
        AaplServerQueryResponse,
        UnknownCreateContext {
  /** More contexts than this in one message are refused. */
  int MAX_COUNT = 64;

  /** A name of more bytes is refused: behind it, data would be beyond the reach of DataOffset. */
  int MAX_NAME_SIZE = 65512;

  /**
   * Reads the contexts of a request.
   *
   * @param in the contexts alone; may be empty
   * @return the contexts in their order
   */
  static List<CreateContext> readRequestList(WireReader in) {
    return readList(in, CreateContext::readRequest);
  }

  /**
   * Reads the contexts of a response, whatever was asked for.
   *
   * @param in the contexts alone; may be empty
   * @return the contexts in their order
   */
  static List<CreateContext> readResponseList(WireReader in) {
    return readResponseList(in, name -> true);
  }

  /**
   * Reads the contexts of a response.
   *
   * @param in the contexts alone; may be empty
   * @param expected which names are understood; the others are left as they are
   * @return the contexts in their order
   */
  static List<CreateContext> readResponseList(WireReader in, Predicate<Octets> expected) {
    return readList(
        in,
        (name, data) -> expected.test(name)
            ? readResponse(name, data)
            : new UnknownCreateContext(name, data.rest()));
  }

  /**
   * Writes the contexts of a request or a response.
   *
   * @param out stands at an offset that is a multiple of 8
   * @param contexts what to write
   */
  static void writeList(WireWriter out, List<CreateContext> contexts) {
    for (int i = 0; i < contexts.size(); i++) {
      CreateContext context = contexts.get(i);
      // 0 Next 4 | 4 NameOffset 2 | 6 NameLength 2 | 8 Reserved 2 | 10 DataOffset 2
      // 12 DataLength 4 | 16 Buffer
      WireWriter entry = out.nested();
      WireWriter.Slot next = entry.u32Slot();
      WireWriter.Slot nameOffset = entry.u16Slot();
      WireWriter.Slot nameLength = entry.u16Slot();
      entry.u16(0);
      WireWriter.Slot dataOffset = entry.u16Slot();
      WireWriter.Slot dataLength = entry.u32Slot();
      entry.payload(nameOffset, nameLength, 8, buffer -> buffer.octets(context.name()));
      entry.payload(dataOffset, dataLength, 8, context::writeData);
      if (i < contexts.size() - 1) {
        entry.align(8);
        entry.set(next, entry.position());
      }
    }
  }

  /**
   * The name by which the context is known.
   *
   * @return 4 characters in ASCII or the 16 bytes of a GUID; other lengths are possible
   */
  Octets name();

  /**
   * Writes what follows the context's name.
   *
   * @param out where it goes
   */
  void writeData(WireWriter out);

  private static List<CreateContext> readList(WireReader in, EntryReader reader) {
    List<CreateContext> contexts = new ArrayList<>();
    while (in.remaining() > 0) {
      if (contexts.size() == MAX_COUNT) {
        throw new MalformedMessageException("create contexts: > " + MAX_COUNT);
      }
      WireReader chain = in.regionFrom(in.position());
      long next = chain.u32();
      if (next % 8 != 0 || next >= in.remaining()) {
        throw new MalformedMessageException(
            "Next: " + next + " (expected: a multiple of 8, < " + in.remaining() + ")");
      }
      long size = next == 0 ? in.remaining() : next;
      contexts.add(readEntry(in.region(in.position(), size), reader));
      in.skip(size);
    }
    return contexts;
  }

  private static CreateContext readEntry(WireReader entry, EntryReader reader) {
    entry.skip(4); // Next
    int nameOffset = entry.u16();
    int nameLength = entry.u16();
    if (nameLength > MAX_NAME_SIZE) {
      throw new MalformedMessageException(
          "NameLength: " + nameLength + " (expected: <= " + MAX_NAME_SIZE + ")");
    }
    entry.skip(2); // Reserved
    int dataOffset = entry.u16();
    long dataLength = entry.u32();
    Octets name = entry.region(nameOffset, nameLength).rest();
    return reader.read(name, entry.region(dataOffset, dataLength));
  }

  private static CreateContext readRequest(Octets name, WireReader data) {
    return switch (name.hex()) {
      case ContextName.EXT_A -> new EaBuffer(data.rest());
      case ContextName.SEC_D -> new SdBuffer(data.rest());
      case ContextName.DHN_Q -> DurableHandleRequest.read(data);
      case ContextName.DHN_C -> DurableHandleReconnect.read(data);
      case ContextName.AL_SI -> AllocationSize.read(data);
      case ContextName.MX_AC -> QueryMaximalAccessRequest.read(data);
      case ContextName.T_WRP -> TimewarpToken.read(data);
      case ContextName.RQ_LS -> readLease(data);
      case ContextName.Q_FID -> new QueryOnDiskIdRequest();
      case ContextName.DH2_Q -> DurableHandleRequestV2.read(data);
      case ContextName.DH2_C -> DurableHandleReconnectV2.read(data);
      case ContextName.APP_INSTANCE_ID -> AppInstanceId.read(data);
      case ContextName.AAPL -> AaplServerQueryRequest.read(data);
      default -> new UnknownCreateContext(name, data.rest());
    };
  }

  private static CreateContext readResponse(Octets name, WireReader data) {
    return switch (name.hex()) {
      case ContextName.DHN_Q -> DurableHandleResponse.read(data);
      case ContextName.MX_AC -> QueryMaximalAccessResponse.read(data);
      case ContextName.RQ_LS -> readLease(data);
      case ContextName.Q_FID -> QueryOnDiskIdResponse.read(data);
      case ContextName.DH2_Q -> DurableHandleResponseV2.read(data);
      case ContextName.AAPL -> AaplServerQueryResponse.read(data);
      default -> new UnknownCreateContext(name, data.rest());
    };
  }

  private static CreateContext readLease(WireReader data) {
    return data.remaining() >= LeaseV2.SIZE ? LeaseV2.read(data) : Lease.read(data);
  }

  /** Reads the data of one context by its name. */
  @FunctionalInterface
  interface EntryReader {
    /**
     * Reads one context.
     *
     * @param name the context's name
     * @param data its data alone
     * @return the context
     */
    CreateContext read(Octets name, WireReader data);
  }
}
