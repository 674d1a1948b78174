package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.jspecify.annotations.Nullable;

/**
 * Every SPNEGO token but the first, in both directions (RFC 4178 4.2.2).
 *
 * @param negState how far the negotiation is, or null when the token does not tell
 * @param supportedMech the mechanism that the server chose, or null when the token does not tell
 * @param responseToken the mechanism's token, or no bytes
 * @param mechListMic the signature of the client's list of mechanisms, or no bytes
 */
public record NegTokenResp(
    @Nullable NegState negState,
    @Nullable MechType supportedMech,
    Octets responseToken,
    Octets mechListMic) {
  private static final int TAG = 1;

  /**
   * Decodes a token.
   *
   * @param token at most 64 KiB
   * @return the token
   * @throws io.copychunk.wire.MalformedMessageException when it is not a NegTokenResp
   */
  public static NegTokenResp read(Octets token) {
    return Der.decode("NegTokenResp", token, element -> {
      Map<Integer, ASN1TaggedObject> fields = Der.fields(Der.explicit(Der.tagged(element, TAG)));
      ASN1TaggedObject negState = fields.get(0);
      ASN1TaggedObject supportedMech = fields.get(1);
      ASN1TaggedObject responseToken = fields.get(2);
      ASN1TaggedObject mechListMic = fields.get(3);
      if (mechListMic != null && Der.octets(mechListMic).isEmpty()) {
        throw new MalformedMessageException(
            "mechListMIC: empty (expected: absent, or a signature)");
      }
      return new NegTokenResp(
          negState == null ? null : state(negState),
          supportedMech == null ? null : Der.mechType(Der.explicit(supportedMech)),
          responseToken == null ? Octets.EMPTY : Der.octets(responseToken),
          mechListMic == null ? Octets.EMPTY : Der.octets(mechListMic));
    });
  }

  private static NegState state(ASN1TaggedObject field) {
    return NegState.of(((ASN1Enumerated) Der.explicit(field)).intValueExact());
  }

  /**
   * Encodes the token.
   *
   * @return DER
   */
  public Octets write() {
    ASN1EncodableVector fields = new ASN1EncodableVector();
    if (negState != null) {
      fields.add(new DERTaggedObject(true, 0, new ASN1Enumerated(negState.ordinal())));
    }
    if (supportedMech != null) {
      fields.add(new DERTaggedObject(true, 1, new ASN1ObjectIdentifier(supportedMech.oid())));
    }
    Der.addOctets(fields, 2, responseToken);
    Der.addOctets(fields, 3, mechListMic);
    return Der.encode(new DERTaggedObject(true, TAG, new DERSequence(fields)));
  }
}
