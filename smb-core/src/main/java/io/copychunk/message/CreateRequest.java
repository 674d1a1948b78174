package io.copychunk.message;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.context.CreateContext;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.Command;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2 CREATE Request (2.2.13).
 *
 * @param oplockLevel what the client wishes to cache
 * @param impersonationLevel how far the server may act as the user
 * @param desiredAccess the rights that the open needs
 * @param fileAttributes the attributes of a file that is created or overwritten
 * @param shareAccess what others may do meanwhile
 * @param disposition what to do if the file exists, and if not
 * @param options how to open it
 * @param name the path from the share's root, separated by backslashes and without a leading one,
 *     at most 32767 characters; empty for the root
 * @param contexts further wishes, at most 64
 */
public record CreateRequest(
    OplockLevel oplockLevel,
    ImpersonationLevel impersonationLevel,
    AccessMask desiredAccess,
    FileAttributes fileAttributes,
    ShareAccess shareAccess,
    CreateDisposition disposition,
    CreateOptions options,
    String name,
    List<CreateContext> contexts)
    implements Smb2Request<CreateResponse> {
  private static final int STRUCTURE_SIZE = 57;

  /** Copies the contexts. */
  public CreateRequest {
    contexts = List.copyOf(contexts);
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static CreateRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(1); // SecurityFlags
    OplockLevel oplockLevel = new OplockLevel(in.u8());
    ImpersonationLevel impersonationLevel = ImpersonationLevel.of(in.u32());
    in.skip(16); // SmbCreateFlags, Reserved
    AccessMask desiredAccess = new AccessMask(in.bits32());
    FileAttributes fileAttributes = new FileAttributes(in.bits32());
    ShareAccess shareAccess = new ShareAccess(in.bits32());
    CreateDisposition disposition = CreateDisposition.of(in.u32());
    CreateOptions options = new CreateOptions(in.bits32());
    int nameOffset = in.u16();
    int nameLength = in.u16();
    long contextsOffset = in.u32();
    long contextsLength = in.u32();
    return new CreateRequest(
        oplockLevel,
        impersonationLevel,
        desiredAccess,
        fileAttributes,
        shareAccess,
        disposition,
        options,
        in.region(nameOffset, nameLength).utf16(nameLength),
        CreateContext.readRequestList(in.region(contextsOffset, contextsLength)));
  }

  @Override
  public Command command() {
    return Command.CREATE;
  }

  @Override
  public int responseStructureSize() {
    return CreateResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2  | 2 SecurityFlags 1 | 3 RequestedOplockLevel 1 | 4 ImpersonationLevel 4
    //  8 SmbCreateFlags 8 | 16 Reserved 8     | 24 DesiredAccess 4       | 28 FileAttributes 4
    // 32 ShareAccess 4    | 36 CreateDisposition 4 | 40 CreateOptions 4
    // 44 NameOffset 2     | 46 NameLength 2   | 48 CreateContextsOffset 4
    // 52 CreateContextsLength 4 | 56 Buffer, at least 1 byte
    out.u16(STRUCTURE_SIZE).u8(0).u8(oplockLevel.code()).bits32(impersonationLevel.code());
    out.zeros(16).bits32(desiredAccess.bits()).bits32(fileAttributes.bits());
    out.bits32(shareAccess.bits()).bits32(disposition.code()).bits32(options.bits());
    WireWriter.Slot nameOffset = out.u16Slot();
    WireWriter.Slot nameLength = out.u16Slot();
    WireWriter.Slot contextsOffset = out.u32Slot();
    WireWriter.Slot contextsLength = out.u32Slot();
    out.set(nameOffset, out.position()); // also for the empty name, as Windows does
    out.payload(nameOffset, nameLength, 1, buffer -> buffer.utf16(name));
    out.payload(
        contextsOffset, contextsLength, 8, buffer -> CreateContext.writeList(buffer, contexts));
    if (name.isEmpty() && contexts.isEmpty()) {
      out.u8(0);
    }
  }

  /** Contexts that were not asked for mean nothing here, and so can not be malformed. */
  @Override
  public CreateResponse readResponse(WireReader in) {
    return CreateResponse.read(
        in, name -> contexts.stream().anyMatch(context -> context.name().equals(name)));
  }

  @Override
  public String toString() {
    return "CreateRequest[name=%s, desiredAccess=%s, disposition=%s, options=%s, contexts=%s]"
        .formatted(PrintableText.of(name), desiredAccess, disposition, options, contexts);
  }
}
