package io.copychunk.testing;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateOptions;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.SetInfoResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.context.QueryOnDiskIdResponse;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The directories of {@link ScriptedFiles}: those that its files are in, and those that a client has
 * made. Confined to the server's thread, but for what tests ask.
 */
public final class ScriptedDirectories implements ScriptedFiles.Hook {
  private final ScriptedFiles files;
  private final int pageSize;
  private final Set<String> made = new TreeSet<>();
  private final Map<FileId, Opened> opens = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<String, String> followed = new HashMap<>();
  private @Nullable ScriptedLinks links;
  private boolean tellsIds;
  private @Nullable FileId previous;
  private long lastId = 0xD000;
  private String listedTwice = "";

  private static final class Opened {
    private final String name;
    private List<FileIdBothDirectoryInformation> rest;
    private boolean deletePending;

    private Opened(String name, List<FileIdBothDirectoryInformation> entries) {
      this.name = name;
      this.rest = entries;
    }
  }

  /**
   * Serves directories.
   *
   * @param pageSize how many entries an answer has at most
   */
  public ScriptedDirectories(ScriptedFiles files, int pageSize) {
    this.files = files;
    this.pageSize = pageSize;
  }

  /** Lists whatever has this name once more, as directories do that change meanwhile. */
  public synchronized void listTwice(String name) {
    listedTwice = name;
  }

  /** Lists these links too. */
  public synchronized ScriptedDirectories with(ScriptedLinks itsLinks) {
    links = itsLinks;
    return this;
  }

  /** Tells ids of directories, by which they are known under each of their names. */
  public synchronized void tellIds() {
    tellsIds = true;
  }

  /** Lets a link be followed to a directory. */
  public synchronized void follow(String link, String directory) {
    followed.put(link, directory);
  }

  /** Where a path leads to that may go through links. */
  private String followed(String path) {
    String here = "";
    for (String name : path.split("\\\\")) {
      here = here.isEmpty() ? name : here + "\\" + name;
      here = followed.getOrDefault(here, here);
    }
    return here;
  }

  /** Gives two names one id. */
  public synchronized void sameId(String name, String directory) {
    ids.put(name, id(directory));
  }

  private long id(String directory) {
    return ids.computeIfAbsent(directory, unknown -> 0x1D00L + ids.size());
  }

  /** The directories that clients have made and not removed. */
  public synchronized Set<String> made() {
    return Set.copyOf(made);
  }

  /** Somebody else makes a directory. */
  public synchronized void make(String directory) {
    made.add(directory);
  }

  @Override
  public synchronized boolean handle(Received<?> request) {
    Smb2Request<?> body = request.body();
    if (body instanceof CreateRequest create) {
      return open(request, create);
    }
    FileId named = named(request);
    Opened opened = named == null ? null : opens.get(named);
    if (opened == null) {
      return false;
    }
    if (body instanceof QueryDirectoryRequest) {
      list(request, opened);
    } else if (body instanceof SetInfoRequest set) {
      opened.deletePending |= set.fileInfoClass() == 13 && set.buffer().reader().u8() != 0;
      request.answer(new SetInfoResponse()).send();
    } else if (body instanceof CloseRequest) {
      opens.remove(named);
      if (opened.deletePending) {
        made.remove(opened.name);
      }
      request.answer(Responses.closed()).send();
    } else {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
    }
    return true;
  }

  private boolean open(Received<?> request, CreateRequest create) {
    previous = null;
    if (create.options().has(CreateOptions.NON_DIRECTORY_FILE)) {
      return false;
    }
    String name = followed(create.name());
    boolean exists = exists(name);
    boolean asked = create.options().has(CreateOptions.DIRECTORY_FILE);
    if (!asked && !exists) {
      return false;
    }
    if (!exists && create.disposition() == CreateDisposition.OPEN) {
      request.refusal(NtStatus.OBJECT_NAME_NOT_FOUND).send();
      return true;
    }
    if (!exists) {
      made.add(create.name());
    }
    FileId fileId = new FileId(++lastId, ~lastId);
    previous = fileId;
    opens.put(fileId, new Opened(name, entries(name)));
    request
        .answer(Responses.opened(
            fileId,
            !exists,
            FileAttributes.DIRECTORY,
            tellsIds ? List.of(new QueryOnDiskIdResponse(id(name), 7)) : List.of()))
        .send();
    return true;
  }

  private boolean exists(String name) {
    return name.isEmpty()
        || made.contains(name)
        || files.names().stream().anyMatch(file -> file.startsWith(name + "\\"));
  }

  private List<FileIdBothDirectoryInformation> entries(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "\\";
    Map<String, FileIdBothDirectoryInformation> entries = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(made);
    all.addAll(files.names());
    for (String name : all) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        String inside = name.substring(prefix.length());
        int end = inside.indexOf('\\');
        boolean isDirectory = end >= 0 || made.contains(name);
        String child = end < 0 ? inside : inside.substring(0, end);
        entries.putIfAbsent(
            child,
            entry(
                child,
                isDirectory,
                isDirectory ? 0 : size(name),
                isDirectory && tellsIds ? id(prefix + child) : ++lastId));
      }
    }
    if (links != null) {
      links.in(prefix).forEach(entry -> entries.put(entry.fileName(), entry));
    }
    List<FileIdBothDirectoryInformation> listed = new ArrayList<>(entries.values());
    if (entries.containsKey(listedTwice)) {
      listed.add(entries.get(listedTwice));
    }
    return listed;
  }

  private long size(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? 0 : bytes.length;
  }

  private FileIdBothDirectoryInformation entry(
      String name, boolean isDirectory, long size, long id) {
    return new FileIdBothDirectoryInformation(
        0,
        1,
        2,
        3,
        4,
        size,
        size,
        isDirectory ? FileAttributes.DIRECTORY : FileAttributes.ARCHIVE,
        0,
        "",
        id,
        name);
  }

  private void list(Received<?> request, Opened opened) {
    if (opened.rest.isEmpty()) {
      request.refusal(NtStatus.NO_MORE_FILES).send();
      return;
    }
    int count = Math.min(pageSize, opened.rest.size());
    List<FileIdBothDirectoryInformation> page = opened.rest.subList(0, count);
    opened.rest = opened.rest.subList(count, opened.rest.size());
    request
        .answer(new QueryDirectoryResponse(Octets.copyOf(
            WireWriter.toBytes(out -> FileIdBothDirectoryInformation.writeList(out, page)))))
        .send();
  }

  /** Which open a request is about, or null. */
  private @Nullable FileId named(Received<?> request) {
    FileId named = null;
    if (request.body() instanceof QueryDirectoryRequest query) {
      named = query.fileId();
    } else if (request.body() instanceof SetInfoRequest set) {
      named = set.fileId();
    } else if (request.body() instanceof CloseRequest close) {
      named = close.fileId();
    } else if (request.body() instanceof QueryInfoRequest query) {
      named = query.fileId();
    } else if (request.body() instanceof IoctlRequest ioctl) {
      named = ioctl.fileId();
    }
    boolean related = request.header().flags().has(HeaderFlags.RELATED_OPERATIONS);
    return related && FileId.PREVIOUS.equals(named) ? previous : named;
  }
}
