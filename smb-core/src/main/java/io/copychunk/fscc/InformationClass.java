package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import java.util.function.Function;

/**
 * A kind of information that can be asked for, and how its answer is read (MS-FSCC 2.4, 2.5).
 *
 * @param <T> the answer
 */
public final class InformationClass<T> {
  private final InfoType infoType;
  private final int code;
  private final String name;
  private final int additionalInformation;
  private final Function<WireReader, T> reader;

  InformationClass(
      InfoType infoType,
      int code,
      String name,
      int additionalInformation,
      Function<WireReader, T> reader) {
    this.infoType = infoType;
    this.code = code;
    this.name = name;
    this.additionalInformation = additionalInformation;
    this.reader = reader;
  }

  static <T> InformationClass<T> ofFile(int code, String name, Function<WireReader, T> reader) {
    return new InformationClass<>(InfoType.FILE, code, name, 0, reader);
  }

  static <T> InformationClass<T> ofFileSystem(
      int code, String name, Function<WireReader, T> reader) {
    return new InformationClass<>(InfoType.FILE_SYSTEM, code, name, 0, reader);
  }

  /**
   * What it is about.
   *
   * @return the type
   */
  public InfoType infoType() {
    return infoType;
  }

  /**
   * The number of the class.
   *
   * @return 0 to 255
   */
  public int code() {
    return code;
  }

  /**
   * Which parts are asked for, where the class has such.
   *
   * @return AdditionalInformation of the request; mostly 0
   */
  public int additionalInformation() {
    return additionalInformation;
  }

  /**
   * Reads an answer.
   *
   * @param in the answer alone
   * @return the information
   */
  public T read(WireReader in) {
    return reader.apply(in);
  }

  /** The name in the specification. */
  @Override
  public String toString() {
    return name;
  }
}
