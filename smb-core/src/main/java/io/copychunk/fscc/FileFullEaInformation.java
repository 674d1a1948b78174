package io.copychunk.fscc;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * FileFullEaInformation (MS-FSCC 2.4.16): extended attributes of a file.
 *
 * @param attributes in the server's order
 */
public record FileFullEaInformation(List<Attribute> attributes) implements SettableInformation {
  private static final int CODE = 15;
  private static final int ENTRY_SIZE = 9;

  /** The class. */
  public static final InformationClass<FileFullEaInformation> CLASS =
      InformationClass.ofFile(CODE, "FileFullEaInformation", FileFullEaInformation::read);

  /** Copies the list. */
  public FileFullEaInformation {
    attributes = List.copyOf(attributes);
  }

  /**
   * One attribute.
   *
   * @param flags 0x80 when who does not understand it must not open the file; 0 to 255
   * @param name 1 to 255 characters of 8 bits
   * @param value 0 to 65535 bytes; none deletes the attribute when it is set
   */
  public record Attribute(int flags, String name, Octets value) {
    /** Checks that the sizes fit into their fields. */
    public Attribute {
      if (name.isEmpty() || name.length() > 255 || value.size() > 65_535) {
        throw new IllegalArgumentException("EA: name of " + name.length() + ", value of "
            + value.size() + " bytes (expected: 1..255, 0..65535)");
      }
    }

    @Override
    public String toString() {
      return "Attribute[name=%s, value=%s]".formatted(PrintableText.of(name), value);
    }
  }

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileFullEaInformation read(WireReader in) {
    return new FileFullEaInformation(
        Entries.read(in, ENTRY_SIZE, FileFullEaInformation::readAttribute));
  }

  private static Attribute readAttribute(WireReader in) {
    int flags = in.u8();
    int nameLength = in.u8();
    int valueLength = in.u16();
    if (nameLength == 0) {
      throw new MalformedMessageException("EaNameLength: 0 (expected: > 0)");
    }
    String name = new String(in.bytes(nameLength), StandardCharsets.ISO_8859_1);
    in.skip(1); // the name's NUL
    return new Attribute(flags, name, in.octets(valueLength));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void write(WireWriter out) {
    Entries.write(out, attributes, 4, (entry, attribute) -> {
      // 0 NextEntryOffset 4 | 4 Flags 1 | 5 EaNameLength 1 | 6 EaValueLength 2
      // 8 EaName, NUL, EaValue
      entry
          .u8(attribute.flags())
          .u8(attribute.name().length())
          .u16(attribute.value().size());
      entry.bytes(attribute.name().getBytes(StandardCharsets.ISO_8859_1)).u8(0);
      entry.octets(attribute.value());
    });
  }
}
