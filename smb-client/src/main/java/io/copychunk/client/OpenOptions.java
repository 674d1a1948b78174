package io.copychunk.client;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateOptions;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.ImpersonationLevel;
import io.copychunk.message.OplockLevel;
import io.copychunk.message.ShareAccess;
import io.copychunk.message.context.AaplServerQueryRequest;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.QueryOnDiskIdRequest;
import io.copychunk.wire.AccessMask;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file is opened (2.2.13). The factories give what is needed mostly; {@code with…} changes
 * single fields. Others may read, write and delete the file meanwhile unless {@link
 * #withShareAccess} says otherwise.
 *
 * @param access what the open is used for
 * @param fileAttributes of a file that is created
 * @param shareAccess what others may do meanwhile
 * @param disposition what happens when the file exists, and when it does not
 * @param createOptions further wishes
 * @param onDiskId whether the server is asked for the file's {@link OnDiskId}
 * @param aaplQuery whether the server is asked for what it can do of the extensions by Apple
 * @param levelIIOplock whether an oplock of level II is asked for
 */
public record OpenOptions(
    AccessMask access,
    FileAttributes fileAttributes,
    ShareAccess shareAccess,
    CreateDisposition disposition,
    CreateOptions createOptions,
    boolean onDiskId,
    boolean aaplQuery,
    boolean levelIIOplock) {
  private static final AccessMask ATTRIBUTES =
      AccessMask.READ_ATTRIBUTES.with(AccessMask.SYNCHRONIZE);

  private static final AccessMask WRITE = ATTRIBUTES
      .with(AccessMask.WRITE_DATA)
      .with(AccessMask.APPEND_DATA)
      .with(AccessMask.WRITE_ATTRIBUTES);

  /**
   * Opens an existing file to be read, or to be the source of a server-side copy.
   *
   * @return the options
   */
  public static OpenOptions read() {
    return existing(ATTRIBUTES.with(AccessMask.READ_DATA), CreateOptions.NON_DIRECTORY_FILE);
  }

  /**
   * Opens an existing file to be written.
   *
   * @return the options
   */
  public static OpenOptions write() {
    return existing(WRITE, CreateOptions.NON_DIRECTORY_FILE);
  }

  /**
   * Opens an existing file or directory for its attributes alone.
   *
   * @return the options
   */
  public static OpenOptions attributes() {
    return existing(ATTRIBUTES, CreateOptions.NONE);
  }

  /**
   * Opens an existing directory.
   *
   * @return the options
   */
  public static OpenOptions directory() {
    return existing(ATTRIBUTES.with(AccessMask.READ_DATA), CreateOptions.DIRECTORY_FILE);
  }

  /**
   * Creates a file to be written, and fails when it exists.
   *
   * @return the options
   */
  public static OpenOptions createNew() {
    return write().withDisposition(CreateDisposition.CREATE);
  }

  /**
   * Creates a file to be written, or opens it with its content when it exists.
   *
   * @return the options
   */
  public static OpenOptions create() {
    return write().withDisposition(CreateDisposition.OPEN_IF);
  }

  /**
   * Creates a directory, and fails when the name exists.
   *
   * @return the options
   */
  public static OpenOptions createDirectory() {
    return directory().withDisposition(CreateDisposition.CREATE);
  }

  /**
   * Opens a directory for its attributes, or creates it when it does not exist.
   *
   * @return the options
   */
  public static OpenOptions ensureDirectory() {
    return existing(ATTRIBUTES, CreateOptions.DIRECTORY_FILE)
        .withDisposition(CreateDisposition.OPEN_IF);
  }

  /**
   * The same with another access.
   *
   * @param newAccess what the open is used for
   * @return new options
   */
  public OpenOptions withAccess(AccessMask newAccess) {
    return new OpenOptions(
        newAccess,
        fileAttributes,
        shareAccess,
        disposition,
        createOptions,
        onDiskId,
        aaplQuery,
        levelIIOplock);
  }

  /**
   * The same with other attributes for a file that is created.
   *
   * @param newAttributes the attributes
   * @return new options
   */
  public OpenOptions withFileAttributes(FileAttributes newAttributes) {
    return new OpenOptions(
        access,
        newAttributes,
        shareAccess,
        disposition,
        createOptions,
        onDiskId,
        aaplQuery,
        levelIIOplock);
  }

  /**
   * The same with another share access.
   *
   * @param newShareAccess what others may do meanwhile
   * @return new options
   */
  public OpenOptions withShareAccess(ShareAccess newShareAccess) {
    return new OpenOptions(
        access,
        fileAttributes,
        newShareAccess,
        disposition,
        createOptions,
        onDiskId,
        aaplQuery,
        levelIIOplock);
  }

  /**
   * The same with another disposition.
   *
   * @param newDisposition what happens when the file exists, and when it does not
   * @return new options
   */
  public OpenOptions withDisposition(CreateDisposition newDisposition) {
    return new OpenOptions(
        access,
        fileAttributes,
        shareAccess,
        newDisposition,
        createOptions,
        onDiskId,
        aaplQuery,
        levelIIOplock);
  }

  /**
   * The same with other create options.
   *
   * @param newCreateOptions further wishes
   * @return new options
   */
  public OpenOptions withCreateOptions(CreateOptions newCreateOptions) {
    return new OpenOptions(
        access,
        fileAttributes,
        shareAccess,
        disposition,
        newCreateOptions,
        onDiskId,
        aaplQuery,
        levelIIOplock);
  }

  /**
   * The same with further rights.
   *
   * @param rights what the open is used for besides
   * @return new options
   */
  public OpenOptions withFurtherAccess(AccessMask rights) {
    return withAccess(access.with(rights));
  }

  /**
   * The same, and the server is asked for what tells the file from all others.
   *
   * @return new options; {@link AsyncSmbFile#onDiskId} has the answer
   */
  public OpenOptions withOnDiskId() {
    return new OpenOptions(
        access,
        fileAttributes,
        shareAccess,
        disposition,
        createOptions,
        true,
        aaplQuery,
        levelIIOplock);
  }

  /**
   * The same, and the server is asked whether it copies whole files, as servers for macOS do. No other
   * of Apple's extensions is asked for, but a server may take the whole connection for one of macOS
   * from then on: Samba tells no file ids any more, neither in listings nor when a file is opened.
   *
   * @return new options; {@link AsyncSmbFile#supportsAaplCopyFile} has the answer
   */
  public OpenOptions withAaplQuery() {
    return new OpenOptions(
        access,
        fileAttributes,
        shareAccess,
        disposition,
        createOptions,
        onDiskId,
        true,
        levelIIOplock);
  }

  /**
   * The same, and an oplock of level II is asked for. Nothing is cached, and nothing has to be done
   * when it is broken. Whoever holds it knows that nobody has locked a range of the file: Samba, by its
   * default {@code strict locking = auto}, looks for such locks before each read and each chunk where
   * there is none.
   *
   * @return new options
   */
  public OpenOptions withLevelIIOplock() {
    return new OpenOptions(
        access, fileAttributes, shareAccess, disposition, createOptions, onDiskId, aaplQuery, true);
  }

  /**
   * The same, and a symbolic link, a mount point or another reparse point is opened itself, not what it
   * leads to.
   *
   * @return new options
   */
  public OpenOptions withOpenReparsePoint() {
    return withCreateOptions(createOptions.with(CreateOptions.OPEN_REPARSE_POINT));
  }

  CreateRequest toRequest(String name) {
    return new CreateRequest(
        levelIIOplock ? OplockLevel.II : OplockLevel.NONE,
        ImpersonationLevel.IMPERSONATION,
        access,
        fileAttributes,
        shareAccess,
        disposition,
        createOptions,
        name,
        contexts());
  }

  private List<CreateContext> contexts() {
    List<CreateContext> contexts = new ArrayList<>();
    if (onDiskId) {
      contexts.add(new QueryOnDiskIdRequest());
    }
    if (aaplQuery) { // READ_DIR_ATTR is not offered: it changes what listings mean
      contexts.add(new AaplServerQueryRequest(
          AaplServerQueryRequest.SERVER_CAPABILITIES,
          AaplServerQueryRequest.SUPPORTS_OSX_COPYFILE));
    }
    return contexts;
  }

  private static OpenOptions existing(AccessMask access, CreateOptions options) {
    return new OpenOptions(
        access,
        FileAttributes.NORMAL,
        ShareAccess.ALL,
        CreateDisposition.OPEN,
        options,
        false,
        false,
        false);
  }
}
