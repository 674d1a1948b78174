package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** What the SPNEGO tokens share of ASN.1. Bouncy Castle sees a token only once it is bounded. */
final class Der {
  private static final int MAX_SIZE = 0x1_0000;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_MECH_TYPES = 64;

  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG_NUMBER = 0x1F;
  private static final int UNIVERSAL_MASK = 0xC0;

  private Der() {}

  /**
   * Decodes a token that is one definite-length element of at most 64 KiB and 16 levels.
   *
   * @throws MalformedMessageException whatever the reader throws
   */
  static <T> T decode(String name, Octets token, Function<ASN1Primitive, T> reader) {
    byte[] bytes = token.toByteArray();
    if (bytes.length == 0 || bytes.length > MAX_SIZE) {
      throw new MalformedMessageException(
          name + ": " + bytes.length + " bytes (expected: 1.." + MAX_SIZE + ")");
    }
    if (checkElement(bytes, 0, bytes.length, 1) != bytes.length) {
      throw new MalformedMessageException(name + ": bytes after its end");
    }
    try {
      return reader.apply(ASN1Primitive.fromByteArray(bytes));
    } catch (MalformedMessageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new MalformedMessageException(name + ": not as RFC 4178 defines it", e);
    }
  }

  /** Checks the element at {@code from}, with all that it contains, and returns where it ends. */
  private static int checkElement(byte[] bytes, int from, int end, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedMessageException("ASN.1 depth: " + depth + " (expected: <= 16)");
    }
    if (end - from < 2) {
      throw new MalformedMessageException("ASN.1 element: cut off at offset " + from);
    }
    int tag = bytes[from] & 0xFF;
    boolean constructed = (tag & CONSTRUCTED) != 0;
    boolean collection =
        tag == (BERTags.SEQUENCE | CONSTRUCTED) || tag == (BERTags.SET | CONSTRUCTED);
    if ((tag & HIGH_TAG_NUMBER) == HIGH_TAG_NUMBER
        || (constructed && !collection && (tag & UNIVERSAL_MASK) == 0)) {
      throw new MalformedMessageException("ASN.1 tag: 0x%02x".formatted(tag));
    }
    int index = from + 1;
    long length = bytes[index++] & 0xFF;
    if (length >= 0x80) {
      int count = (int) length & 0x7F;
      if (count == 0 || count > 4 || count > end - index) {
        throw new MalformedMessageException(
            "ASN.1 length of length: " + count + " (expected: 1..4)");
      }
      length = 0;
      while (count-- > 0) {
        length = (length << 8) | (bytes[index++] & 0xFF);
      }
    }
    if (length > end - index) {
      throw new MalformedMessageException(
          "ASN.1 length: " + length + " (expected: <= " + (end - index) + ")");
    }
    int contentEnd = index + (int) length;
    while (constructed && index < contentEnd) {
      index = checkElement(bytes, index, contentEnd, depth + 1);
    }
    return contentEnd;
  }

  /**
   * Decodes a token of the form {@code [APPLICATION 0] { SPNEGO, [0] { fields } }} (RFC 2743 3.1).
   */
  static <T> T decodeInitial(
      String name, Octets token, Function<Map<Integer, ASN1TaggedObject>, T> reader) {
    return decode(name, token, element -> {
      ASN1TaggedObject framing = tagged(element, BERTags.APPLICATION, 0);
      ASN1Sequence content = (ASN1Sequence) framing.getBaseUniversal(false, BERTags.SEQUENCE);
      if (content.size() != 2
          || !mechType(content.getObjectAt(0).toASN1Primitive()).equals(MechType.SPNEGO)) {
        throw new MalformedMessageException(name + ": not SPNEGO");
      }
      return reader.apply(fields(explicit(tagged(content.getObjectAt(1).toASN1Primitive(), 0))));
    });
  }

  /** Encodes what {@link #decodeInitial} decodes. */
  static Octets encodeInitial(ASN1EncodableVector fields) {
    ASN1EncodableVector content = new ASN1EncodableVector();
    content.add(new ASN1ObjectIdentifier(MechType.SPNEGO.oid()));
    content.add(new DERTaggedObject(true, 0, new DERSequence(fields)));
    return encode(new DERTaggedObject(false, BERTags.APPLICATION, 0, new DERSequence(content)));
  }

  /** The fields of a SEQUENCE of explicitly tagged elements in ascending order. */
  static Map<Integer, ASN1TaggedObject> fields(ASN1Primitive sequence) {
    Map<Integer, ASN1TaggedObject> fields = new TreeMap<>();
    int previous = -1;
    for (var element : (ASN1Sequence) sequence) {
      ASN1TaggedObject field = (ASN1TaggedObject) element.toASN1Primitive();
      int number = field.getTagNo();
      if (!field.hasContextTag() || number <= previous) {
        throw new MalformedMessageException(
            "ASN.1 field: " + number + " after " + previous + " (expected: ascending)");
      }
      previous = number;
      fields.put(number, field);
    }
    return fields;
  }

  static ASN1TaggedObject tagged(ASN1Primitive element, int number) {
    return tagged(element, BERTags.CONTEXT_SPECIFIC, number);
  }

  private static ASN1TaggedObject tagged(ASN1Primitive element, int tagClass, int number) {
    if (element instanceof ASN1TaggedObject tagged && tagged.hasTag(tagClass, number)) {
      return tagged;
    }
    throw new MalformedMessageException("ASN.1 element: not tagged " + number);
  }

  static ASN1Primitive explicit(ASN1TaggedObject field) {
    return field.getExplicitBaseObject().toASN1Primitive();
  }

  static Octets octets(ASN1TaggedObject field) {
    return Octets.copyOf(((ASN1OctetString) explicit(field)).getOctets());
  }

  static MechType mechType(ASN1Primitive element) {
    return new MechType(((ASN1ObjectIdentifier) element).getId());
  }

  static List<MechType> mechTypes(ASN1TaggedObject field) {
    ASN1Sequence sequence = (ASN1Sequence) explicit(field);
    if (sequence.size() > MAX_MECH_TYPES) {
      throw new MalformedMessageException(
          "mechTypes: " + sequence.size() + " (expected: <= " + MAX_MECH_TYPES + ")");
    }
    return Arrays.stream(sequence.toArray())
        .map(element -> mechType(element.toASN1Primitive()))
        .toList();
  }

  static DERSequence sequence(List<MechType> mechTypes) {
    ASN1EncodableVector oids = new ASN1EncodableVector();
    mechTypes.forEach(mechType -> oids.add(new ASN1ObjectIdentifier(mechType.oid())));
    return new DERSequence(oids);
  }

  /** Adds a field, but leaves it out when it has no bytes. */
  static void addOctets(ASN1EncodableVector fields, int number, Octets octets) {
    if (!octets.isEmpty()) {
      fields.add(new DERTaggedObject(true, number, new DEROctetString(octets.toByteArray())));
    }
  }

  static Octets encode(ASN1Object object) {
    try {
      return Octets.copyOf(object.getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
