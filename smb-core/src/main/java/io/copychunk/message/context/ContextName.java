package io.copychunk.message.context;

import io.copychunk.wire.Octets;

/** The names of the create contexts that we know, in hexadecimal (2.2.13.2). */
final class ContextName {
  static final String EXT_A = "45787441";
  static final String SEC_D = "53656344";
  static final String DHN_Q = "44486e51";
  static final String DHN_C = "44486e43";
  static final String AL_SI = "416c5369";
  static final String MX_AC = "4d784163";
  static final String T_WRP = "54577270";
  static final String RQ_LS = "52714c73";
  static final String Q_FID = "51466964";
  static final String DH2_Q = "44483251";
  static final String DH2_C = "44483243";
  static final String APP_INSTANCE_ID = "45bca66aefa7f74a9008fa462e144d74";
  static final String AAPL = "4141504c";

  private ContextName() {}

  static Octets octets(String name) {
    return Octets.ofHex(name);
  }
}
