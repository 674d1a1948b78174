package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of AV_PAIR structures without its terminator (MS-NLMP 2.2.2.1), by which a server
 * describes itself and a client what it saw. None of its ids occurs twice.
 *
 * @param pairs in the order of the wire
 */
public record AvPairs(List<AvPair> pairs) {
  /** No pairs. */
  public static final AvPairs NONE = new AvPairs(List.of());

  /** MsvAvNbComputerName: the server's NetBIOS name. */
  public static final int NB_COMPUTER_NAME = 1;

  /** MsvAvNbDomainName: the NetBIOS name of the server's domain. */
  public static final int NB_DOMAIN_NAME = 2;

  /** MsvAvFlags: 32 bits, of which {@link #MIC_PRESENT} is one. */
  public static final int FLAGS = 6;

  /** MsvAvTimestamp: the server's time as a FILETIME. */
  public static final int TIMESTAMP = 7;

  /** MsvAvTargetName: the service that the client believes to talk to. */
  public static final int TARGET_NAME = 9;

  /** MsvAvChannelBindings: MD5 of the channel bindings, or 16 zero bytes. */
  public static final int CHANNEL_BINDINGS = 10;

  /** The bit of {@link #FLAGS} by which a client says that its message has a MIC. */
  public static final int MIC_PRESENT = 2;

  private static final int EOL = 0;
  private static final int CHANNEL_BINDINGS_SIZE = 16;

  /**
   * One pair.
   *
   * @param id the AvId, 1 to 65535
   * @param value 0 to 65535 bytes
   */
  public record AvPair(int id, Octets value) {}

  /** Creates a list. */
  public AvPairs {
    pairs = List.copyOf(pairs);
  }

  /**
   * Reads a list. What follows its terminator is ignored.
   *
   * @param list up to and including the terminator
   * @return the list
   * @throws MalformedMessageException when the terminator is missing, an id occurs twice, or a
   *     value does not have the size that its id asks for
   */
  public static AvPairs read(Octets list) {
    WireReader in = list.reader();
    List<AvPair> pairs = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    while (true) {
      int id = in.u16();
      int length = in.u16();
      if (id == EOL) {
        if (length != 0) {
          throw new MalformedMessageException("AvLen of EOL: " + length + " (expected: 0)");
        }
        return new AvPairs(pairs);
      }
      int expected = fixedSize(id);
      if (expected >= 0 && length != expected) {
        throw new MalformedMessageException(
            "AvLen of " + id + ": " + length + " (expected: " + expected + ")");
      }
      if (!seen.add(id)) {
        throw new MalformedMessageException("AvId: " + id + " (expected: once)");
      }
      pairs.add(new AvPair(id, in.octets(length)));
    }
  }

  private static int fixedSize(int id) {
    return switch (id) {
      case FLAGS -> Integer.BYTES;
      case TIMESTAMP -> Long.BYTES;
      case CHANNEL_BINDINGS -> CHANNEL_BINDINGS_SIZE;
      default -> -1;
    };
  }

  /**
   * Writes the list.
   *
   * @return the pairs and the terminator
   */
  public Octets write() {
    return Octets.copyOf(WireWriter.toBytes(out -> {
      for (AvPair pair : pairs) {
        out.u16(pair.id()).u16(pair.value().size()).octets(pair.value());
      }
      out.u16(EOL).u16(0);
    }));
  }

  /**
   * The value of an id.
   *
   * @param id the AvId
   * @return the value, or null when the list does not have the id
   */
  public @Nullable Octets value(int id) {
    for (AvPair pair : pairs) {
      if (pair.id() == id) {
        return pair.value();
      }
    }
    return null;
  }

  /**
   * Whether the list has an id.
   *
   * @param id the AvId
   * @return whether one of the pairs has it
   */
  public boolean has(int id) {
    return value(id) != null;
  }

  /**
   * What a client makes of the list of a server (MS-NLMP 3.1.5.1.2): it keeps the order, and adds
   * that its message has a MIC, that there is no channel to bind to, and the service it wants.
   *
   * @param targetName such as "cifs/files.example.org"
   * @return the client's list
   */
  public AvPairs forClient(String targetName) {
    List<AvPair> result = new ArrayList<>();
    boolean flagsFound = false;
    for (AvPair pair : pairs) {
      if (pair.id() == FLAGS) {
        result.add(flags(pair.value().reader().bits32() | MIC_PRESENT));
        flagsFound = true;
      } else if (pair.id() != TARGET_NAME && pair.id() != CHANNEL_BINDINGS) {
        result.add(pair);
      }
    }
    if (!flagsFound) {
      result.add(flags(MIC_PRESENT));
    }
    result.add(new AvPair(CHANNEL_BINDINGS, Octets.copyOf(new byte[CHANNEL_BINDINGS_SIZE])));
    result.add(new AvPair(TARGET_NAME, NtlmFields.utf16(targetName)));
    return new AvPairs(result);
  }

  private static AvPair flags(int bits) {
    return new AvPair(FLAGS, Octets.copyOf(WireWriter.toBytes(out -> out.bits32(bits))));
  }
}
