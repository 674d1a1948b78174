package io.copychunk.message;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.context.CreateContext;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;
import java.util.function.Predicate;

/**
 * SMB2 CREATE Response (2.2.14). Times are FILETIMEs: units of 100 ns since 1601.
 *
 * @param oplockLevel what the client may cache
 * @param flags 1 when the last part of the path is a reparse point (3.x); 0 to 255
 * @param action what was done
 * @param creationTime when the file was created
 * @param lastAccessTime when it was last read
 * @param lastWriteTime when its data was last changed
 * @param changeTime when anything of it was last changed
 * @param allocationSize bytes that it occupies, 0 to 2<sup>63</sup>-1
 * @param endOfFile its size in bytes, 0 to 2<sup>63</sup>-1
 * @param fileAttributes its attributes
 * @param fileId the open
 * @param contexts answers to the contexts of the request, at most 64
 */
public record CreateResponse(
    OplockLevel oplockLevel,
    int flags,
    CreateAction action,
    long creationTime,
    long lastAccessTime,
    long lastWriteTime,
    long changeTime,
    long allocationSize,
    long endOfFile,
    FileAttributes fileAttributes,
    FileId fileId,
    List<CreateContext> contexts)
    implements Smb2Response {
  static final int STRUCTURE_SIZE = 89;

  /** Copies the contexts. */
  public CreateResponse {
    contexts = List.copyOf(contexts);
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static CreateResponse read(WireReader in) {
    return read(in, name -> true);
  }

  /** Reads the body of a response to a request that has sent contexts of these names alone. */
  static CreateResponse read(WireReader in, Predicate<Octets> requested) {
    in.structureSize(STRUCTURE_SIZE);
    OplockLevel oplockLevel = new OplockLevel(in.u8());
    int flags = in.u8();
    CreateAction action = new CreateAction(in.bits32());
    long creationTime = in.bits64();
    long lastAccessTime = in.bits64();
    long lastWriteTime = in.bits64();
    long changeTime = in.bits64();
    long allocationSize = in.size64("AllocationSize");
    long endOfFile = in.size64("EndOfFile");
    FileAttributes fileAttributes = new FileAttributes(in.bits32());
    in.skip(4); // Reserved2
    FileId fileId = in.fileId();
    long contextsOffset = in.u32();
    long contextsLength = in.u32();
    return new CreateResponse(
        oplockLevel,
        flags,
        action,
        creationTime,
        lastAccessTime,
        lastWriteTime,
        changeTime,
        allocationSize,
        endOfFile,
        fileAttributes,
        fileId,
        CreateContext.readResponseList(in.region(contextsOffset, contextsLength), requested));
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2   | 2 OplockLevel 1    | 3 Flags 1       | 4 CreateAction 4
    //  8 CreationTime 8    | 16 LastAccessTime 8 | 24 LastWriteTime 8 | 32 ChangeTime 8
    // 40 AllocationSize 8  | 48 EndOfFile 8     | 56 FileAttributes 4 | 60 Reserved2 4
    // 64 FileId 16         | 80 CreateContextsOffset 4 | 84 CreateContextsLength 4 | 88 Buffer
    out.u16(STRUCTURE_SIZE).u8(oplockLevel.code()).u8(flags).bits32(action.code());
    out.bits64(creationTime).bits64(lastAccessTime).bits64(lastWriteTime).bits64(changeTime);
    out.bits64(allocationSize).bits64(endOfFile).bits32(fileAttributes.bits()).bits32(0);
    out.fileId(fileId);
    WireWriter.Slot contextsOffset = out.u32Slot();
    WireWriter.Slot contextsLength = out.u32Slot();
    out.payload(
        contextsOffset, contextsLength, 8, buffer -> CreateContext.writeList(buffer, contexts));
  }
}
