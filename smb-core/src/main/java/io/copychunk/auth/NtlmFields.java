package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import io.copychunk.wire.WireWriter.Slot;

/**
 * What the three NTLM messages share: how they start, and their pointers into the payload, each
 * {@code Len 2, MaxLen 2, Offset 4} with the offset from the start of the message (MS-NLMP 2.2.1).
 */
final class NtlmFields {
  /** "NTLMSSP\0", little-endian. */
  private static final long SIGNATURE = 0x0050_5353_4D4C_544EL;

  private NtlmFields() {}

  /** A pointer that was read but not followed yet. */
  record Pointer(int length, long offset) {
    static Pointer read(WireReader in) {
      int length = in.u16();
      in.skip(2);
      return new Pointer(length, in.u32());
    }

    /** Follows the pointer, which must lead behind what {@code in} has read so far. */
    Octets follow(WireReader in) {
      return in.region(offset, length).rest();
    }

    /** Where the payload starts, as far as this pointer tells. */
    long payloadStart() {
      return length == 0 ? Long.MAX_VALUE : offset;
    }
  }

  /** A pointer whose place was left free. */
  record Reserved(Slot length, Slot maxLength, Slot offset) {
    static Reserved in(WireWriter out) {
      return new Reserved(out.u16Slot(), out.u16Slot(), out.u32Slot());
    }

    /** Appends the payload and points to it; a pointer to nothing is all zeros. */
    void fill(WireWriter out, Octets payload) {
      if (payload.isEmpty()) {
        return;
      }
      out.set(offset, out.position());
      out.set(length, payload.size());
      out.set(maxLength, payload.size());
      out.octets(payload);
    }
  }

  static void readStart(WireReader in, int messageType) {
    if (in.bits64() != SIGNATURE) {
      throw new MalformedMessageException("NTLM Signature: not NTLMSSP");
    }
    long actual = in.u32();
    if (actual != messageType) {
      throw new MalformedMessageException(
          "NTLM MessageType: " + actual + " (expected: " + messageType + ")");
    }
  }

  static void writeStart(WireWriter out, int messageType) {
    out.bits64(SIGNATURE).u32(messageType);
  }

  /** Whether a token is an NTLM message without SPNEGO around it. */
  static boolean isNtlm(Octets token) {
    return token.size() >= Long.BYTES && token.reader().bits64() == SIGNATURE;
  }

  static Octets utf16(String text) {
    return Octets.copyOf(WireWriter.toBytes(out -> out.utf16(text)));
  }

  static String utf16(Octets octets) {
    return octets.reader().utf16(octets.size());
  }
}
