package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A login by one mechanism that is negotiated by SPNEGO (RFC 4178, MS-SPNG). Since only one is
 * offered, there is nothing that could be downgraded, and a server need not sign the list; if it
 * does, the signature must be right.
 */
public final class SpnegoAuthenticator implements Authenticator {
  private final NtlmAuthenticator mechanism;
  private final MechType mechType;
  private final Octets mechTypeList;
  private boolean micRequested;

  private SpnegoAuthenticator(NtlmAuthenticator mechanism, MechType mechType) {
    this.mechanism = mechanism;
    this.mechType = mechType;
    this.mechTypeList = offer(Octets.EMPTY).mechTypeList();
  }

  /**
   * A login by NTLMv2.
   *
   * @param identity who logs in; destroyed with the login
   * @param targetHost the server as the user named it, up to 1024 characters
   * @param serverHint the security buffer of the NEGOTIATE response, maybe no bytes
   * @param random must be unpredictable
   * @param fileTime the time as a FILETIME, for servers that do not tell theirs
   * @return the login
   * @throws AuthenticationException when the server does not offer NTLM
   * @throws io.copychunk.wire.MalformedMessageException when the hint is not a NegTokenInit2
   */
  public static SpnegoAuthenticator ntlm(
      NtlmIdentity identity,
      String targetHost,
      Octets serverHint,
      RandomSource random,
      LongSupplier fileTime) {
    if (!serverHint.isEmpty()) {
      checkOffered(MechType.NTLMSSP, NegTokenInit2.read(serverHint).mechTypes());
    }
    return new SpnegoAuthenticator(
        NtlmAuthenticator.of(identity, targetHost, random, fileTime), MechType.NTLMSSP);
  }

  private static void checkOffered(MechType wanted, List<MechType> offered) {
    if (!offered.isEmpty() && !offered.contains(wanted)) {
      throw new AuthenticationException(offered.stream()
          .map(MechType::toString)
          .collect(Collectors.joining(", ", "the server offers ", " (expected: " + wanted + ")")));
    }
  }

  @Override
  public Octets initialToken() {
    return offer(mechanism.initialToken()).write();
  }

  @Override
  public Octets next(Octets serverToken) {
    return orOver(() -> answer(read(serverToken)));
  }

  private Octets answer(NegTokenResp response) {
    if (!response.mechListMic().isEmpty()) {
      throw new AuthenticationException("SPNEGO: the server signed before there was a key");
    }
    if (response.negState() != NegState.ACCEPT_INCOMPLETE
        && response.negState() != NegState.REQUEST_MIC) {
      throw new AuthenticationException(
          "SPNEGO: negState " + response.negState() + " (expected: ACCEPT_INCOMPLETE)");
    }
    micRequested |= response.negState() == NegState.REQUEST_MIC;
    Octets token = mechanism.next(response.responseToken());
    return new NegTokenResp(null, null, token, mechanism.mechListMic(mechTypeList)).write();
  }

  @Override
  public void complete(Octets serverToken) {
    orOver(() -> {
      judge(read(serverToken));
      return Octets.EMPTY;
    });
  }

  private void judge(NegTokenResp response) {
    if (response.negState() != NegState.ACCEPT_COMPLETED) {
      throw new AuthenticationException(
          "SPNEGO: negState " + response.negState() + " (expected: ACCEPT_COMPLETED)");
    }
    mechanism.complete(response.responseToken());
    Octets mechListMic = response.mechListMic();
    if (mechListMic.isEmpty()) {
      if (micRequested) {
        throw new AuthenticationException("SPNEGO: the server asked for a MIC but sent none");
      }
    } else if (!mechanism.verifyMechListMic(mechTypeList, mechListMic)) {
      throw new AuthenticationException("SPNEGO: the server's MIC is wrong");
    }
  }

  /** Whatever is refused, this login is over, and nothing can be proved with it any more. */
  private Octets orOver(Supplier<Octets> step) {
    try {
      return step.get();
    } catch (AuthenticationException | MalformedMessageException e) {
      mechanism.destroy();
      throw e;
    }
  }

  @Override
  public byte[] sessionKey() {
    return mechanism.sessionKey();
  }

  @Override
  public boolean anonymous() {
    return mechanism.anonymous();
  }

  @Override
  public String mechanism() {
    return mechanism.mechanism();
  }

  @Override
  public void destroy() {
    mechanism.destroy();
  }

  private NegTokenInit offer(Octets mechToken) {
    return new NegTokenInit(List.of(mechType), mechToken, Octets.EMPTY);
  }

  /** Reads the server's token and refuses what can not be part of this negotiation. */
  private NegTokenResp read(Octets serverToken) {
    if (NtlmFields.isNtlm(serverToken)) {
      throw new AuthenticationException("SPNEGO: the server answered with bare NTLM");
    }
    NegTokenResp response = NegTokenResp.read(serverToken);
    if (response.negState() == NegState.REJECT) {
      throw new AuthenticationException("SPNEGO: the server rejected " + mechType);
    }
    MechType supportedMech = response.supportedMech();
    if (supportedMech != null && !supportedMech.equals(mechType)) {
      throw new AuthenticationException(
          "SPNEGO: the server chose " + supportedMech + " (expected: " + mechType + ")");
    }
    return response;
  }

  /** Tells the mechanism, who logs in and how far the login is. */
  @Override
  public String toString() {
    return "SpnegoAuthenticator[" + mechanism + "]";
  }
}
