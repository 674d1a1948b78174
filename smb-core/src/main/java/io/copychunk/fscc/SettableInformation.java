package io.copychunk.fscc;

import io.copychunk.wire.WireWriter;

/** Information that can be set (MS-FSCC 2.4, MS-SMB2 2.2.39). */
public sealed interface SettableInformation
    permits FileBasicInformation,
        FileRenameInformation,
        FileDispositionInformation,
        FileFullEaInformation,
        FileAllocationInformation,
        FileEndOfFileInformation,
        SecurityDescriptor {
  /**
   * What it is about.
   *
   * @return the type
   */
  default InfoType infoType() {
    return InfoType.FILE;
  }

  /**
   * The number of the class.
   *
   * @return 0 to 255
   */
  int code();

  /**
   * Which parts are set, where the class has such.
   *
   * @return AdditionalInformation of the request; mostly 0
   */
  default int additionalInformation() {
    return 0;
  }

  /**
   * Writes the information.
   *
   * @param out where it goes; offset 0 is its first byte
   */
  void write(WireWriter out);
}
