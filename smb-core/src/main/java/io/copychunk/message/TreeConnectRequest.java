package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 TREE_CONNECT Request (2.2.9), written without the extension of 3.1.1.
 *
 * @param path {@code \\server\share}, at most 32767 characters
 */
public record TreeConnectRequest(String path) implements Smb2Request<TreeConnectResponse> {
  private static final int STRUCTURE_SIZE = 9;

  /**
   * Reads the body. An extension (2.2.9.1) is stepped over.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static TreeConnectRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Flags: PathOffset leads to the path with and without the extension
    int offset = in.u16();
    int length = in.u16();
    return new TreeConnectRequest(in.region(offset, length).utf16(length));
  }

  @Override
  public Command command() {
    return Command.TREE_CONNECT;
  }

  @Override
  public int responseStructureSize() {
    return TreeConnectResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Flags 2 | 4 PathOffset 2 | 6 PathLength 2 | 8 Buffer
    out.u16(STRUCTURE_SIZE).u16(0);
    WireWriter.Slot offset = out.u16Slot();
    WireWriter.Slot length = out.u16Slot();
    out.payload(offset, length, 1, buffer -> buffer.utf16(path));
  }

  @Override
  public TreeConnectResponse readResponse(WireReader in) {
    return TreeConnectResponse.read(in);
  }

  @Override
  public String toString() {
    return "TreeConnectRequest[path=" + PrintableText.of(path) + "]";
  }
}
