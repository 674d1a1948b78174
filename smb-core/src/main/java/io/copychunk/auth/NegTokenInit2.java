package io.copychunk.auth;

import io.copychunk.wire.Octets;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * What a server says about its mechanisms in its NEGOTIATE response (MS-SPNG 2.2.1). Its reqFlags
 * and its hints, which carry no meaning, are ignored and not written.
 *
 * @param mechTypes the mechanisms, the preferred one first; may be empty
 * @param mechToken the first token of the preferred mechanism, or no bytes
 * @param mechListMic the signature of {@code mechTypes}, or no bytes
 */
public record NegTokenInit2(List<MechType> mechTypes, Octets mechToken, Octets mechListMic) {
  private static final String NAME = "NegTokenInit2";

  /** Creates a token. */
  public NegTokenInit2 {
    mechTypes = List.copyOf(mechTypes);
  }

  /**
   * Decodes a token.
   *
   * @param token at most 64 KiB
   * @return the token
   * @throws io.copychunk.wire.MalformedMessageException when it is not a NegTokenInit2
   */
  public static NegTokenInit2 read(Octets token) {
    return Der.decodeInitial(NAME, token, fields -> {
      ASN1TaggedObject mechTypes = fields.get(0);
      ASN1TaggedObject mechToken = fields.get(2);
      ASN1TaggedObject mechListMic = fields.get(4);
      return new NegTokenInit2(
          mechTypes == null ? List.of() : Der.mechTypes(mechTypes),
          mechToken == null ? Octets.EMPTY : Der.octets(mechToken),
          mechListMic == null ? Octets.EMPTY : Der.octets(mechListMic));
    });
  }

  /**
   * Encodes the token.
   *
   * @return DER
   */
  public Octets write() {
    ASN1EncodableVector fields = new ASN1EncodableVector();
    if (!mechTypes.isEmpty()) {
      fields.add(new DERTaggedObject(true, 0, Der.sequence(mechTypes)));
    }
    Der.addOctets(fields, 2, mechToken);
    Der.addOctets(fields, 4, mechListMic);
    return Der.encodeInitial(fields);
  }
}
