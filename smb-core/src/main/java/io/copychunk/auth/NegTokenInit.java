package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * The client's first SPNEGO token (RFC 4178 4.2.1). Its reqFlags are ignored.
 *
 * @param mechTypes the mechanisms, the preferred one first; 1 to 64
 * @param mechToken the first token of the preferred mechanism, or no bytes
 * @param mechListMic the signature of {@code mechTypes}, or no bytes
 */
public record NegTokenInit(List<MechType> mechTypes, Octets mechToken, Octets mechListMic) {
  private static final String NAME = "NegTokenInit";

  /** Creates a token. */
  public NegTokenInit {
    mechTypes = List.copyOf(mechTypes);
  }

  /**
   * Decodes a token.
   *
   * @param token at most 64 KiB
   * @return the token
   * @throws MalformedMessageException when it is not a NegTokenInit
   */
  public static NegTokenInit read(Octets token) {
    return Der.decodeInitial(NAME, token, fields -> {
      ASN1TaggedObject mechTypes = fields.get(0);
      if (mechTypes == null) {
        throw new MalformedMessageException(NAME + ": no mechTypes");
      }
      ASN1TaggedObject mechToken = fields.get(2);
      ASN1TaggedObject mechListMic = fields.get(3);
      return new NegTokenInit(
          Der.mechTypes(mechTypes),
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
    fields.add(new DERTaggedObject(true, 0, Der.sequence(mechTypes)));
    Der.addOctets(fields, 2, mechToken);
    Der.addOctets(fields, 3, mechListMic);
    return Der.encodeInitial(fields);
  }

  /**
   * What a mechListMIC signs: the MechTypeList as it stands in the token.
   *
   * @return DER
   */
  public Octets mechTypeList() {
    return Der.encode(Der.sequence(mechTypes));
  }
}
