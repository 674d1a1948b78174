package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * SMB2 LOCK Request (2.2.26).
 *
 * @param lockSequence number (low 4 bits) and index by which a resilient open recognises a replay; 32
 *     bits
 * @param fileId the open
 * @param locks at least one; all lock, or all unlock
 */
public record LockRequest(int lockSequence, FileId fileId, List<LockElement> locks)
    implements Smb2Request<LockResponse> {
  private static final int STRUCTURE_SIZE = 48;

  /** Copies the locks. */
  public LockRequest {
    locks = List.copyOf(locks);
    if (locks.isEmpty() || locks.size() > 0xFFFF) {
      throw new IllegalArgumentException("locks: " + locks.size() + " (expected: 1..65535)");
    }
  }

  /**
   * A request without a sequence, which only resilient opens have.
   *
   * @param fileId the open
   * @param locks at least one
   */
  public LockRequest(FileId fileId, List<LockElement> locks) {
    this(0, fileId, locks);
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static LockRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int count = in.u16();
    int lockSequence = in.bits32();
    FileId fileId = in.fileId();
    if (count == 0 || (long) count * LockElement.SIZE > in.remaining()) {
      throw new MalformedMessageException(
          "LockCount: " + count + " (expected: 1.." + in.remaining() / LockElement.SIZE + ")");
    }
    List<LockElement> locks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      locks.add(LockElement.read(in));
    }
    return new LockRequest(lockSequence, fileId, locks);
  }

  @Override
  public Command command() {
    return Command.LOCK;
  }

  @Override
  public int responseStructureSize() {
    return LockResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 LockCount 2 | 4 LockSequence 4 | 8 FileId 16
    // 24 Locks, 24 bytes each
    out.u16(STRUCTURE_SIZE).u16(locks.size()).bits32(lockSequence).fileId(fileId);
    for (LockElement lock : locks) {
      lock.write(out);
    }
  }

  @Override
  public LockResponse readResponse(WireReader in) {
    return LockResponse.read(in);
  }
}
