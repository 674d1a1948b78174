package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileFsFullSizeInformation (MS-FSCC 2.5.4), counted in allocation units.
 *
 * @param totalAllocationUnits of the volume, for this user, 0 to 2<sup>63</sup>-1
 * @param callerAvailableAllocationUnits that are free for this user, 0 to 2<sup>63</sup>-1
 * @param actualAvailableAllocationUnits that are free, 0 to 2<sup>63</sup>-1
 * @param sectorsPerAllocationUnit 0 to 2<sup>32</sup>-1
 * @param bytesPerSector 0 to 2<sup>32</sup>-1
 */
public record FileFsFullSizeInformation(
    long totalAllocationUnits,
    long callerAvailableAllocationUnits,
    long actualAvailableAllocationUnits,
    long sectorsPerAllocationUnit,
    long bytesPerSector) {
  /** The class. */
  public static final InformationClass<FileFsFullSizeInformation> CLASS =
      InformationClass.ofFileSystem(
          7, "FileFsFullSizeInformation", FileFsFullSizeInformation::read);

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileFsFullSizeInformation read(WireReader in) {
    return new FileFsFullSizeInformation(
        in.size64("TotalAllocationUnits"),
        in.size64("CallerAvailableAllocationUnits"),
        in.size64("ActualAvailableAllocationUnits"),
        in.u32(),
        in.u32());
  }

  /**
   * Writes the information.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    //  0 TotalAllocationUnits 8           | 8 CallerAvailableAllocationUnits 8
    // 16 ActualAvailableAllocationUnits 8 | 24 SectorsPerAllocationUnit 4 | 28 BytesPerSector 4
    out.bits64(totalAllocationUnits).bits64(callerAvailableAllocationUnits);
    out.bits64(actualAvailableAllocationUnits).u32(sectorsPerAllocationUnit).u32(bytesPerSector);
  }
}
