package io.copychunk.testing;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileRenameInformation;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateOptions;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.SetInfoResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.GetReparsePoint;
import io.copychunk.message.fsctl.SetReparsePoint;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The reparse points of a scripted server: those that a test puts there, and those that a client makes
 * by {@code OPEN_REPARSE_POINT}. Confined to the server's thread, but for what tests ask.
 */
public final class ScriptedLinks implements ScriptedFiles.Hook {
  private final Map<String, Link> links = new TreeMap<>();
  private final Map<FileId, Link> opens = new HashMap<>();
  private final List<String> created = new ArrayList<>();
  private boolean tellsNoTags;
  private @Nullable NtStatus refusal;
  private @Nullable FileId previous;
  private long lastId = 0xE000;

  private static final class Link {
    private String name;
    private final boolean directory;
    private @Nullable ReparseDataBuffer holds;
    private boolean deletePending;

    private Link(String name, boolean directory, @Nullable ReparseDataBuffer holds) {
      this.name = name;
      this.directory = directory;
      this.holds = holds;
    }

    private FileAttributes attributes() {
      FileAttributes kind = directory ? FileAttributes.DIRECTORY : FileAttributes.ARCHIVE;
      return holds == null ? kind : kind.with(FileAttributes.REPARSE_POINT);
    }
  }

  public synchronized void put(String name, boolean directory, ReparseDataBuffer holds) {
    links.put(name, new Link(name, directory, holds));
  }

  /** What a link holds, or null when there is none. */
  public synchronized @Nullable ReparseDataBuffer get(String name) {
    Link link = links.get(name);
    return link == null ? null : link.holds;
  }

  /** Whether a link is one of directories. */
  public synchronized boolean isDirectory(String name) {
    return links.get(name).directory;
  }

  public synchronized List<String> names() {
    return List.copyOf(links.keySet());
  }

  /** The names by which clients have created files and directories. */
  public synchronized List<String> created() {
    return List.copyOf(created);
  }

  /** From now on nobody may make a link. */
  public synchronized void refuse(NtStatus status) {
    refusal = status;
  }

  /** Listings do not say what kind of link it is. */
  public synchronized void tellNoTags() {
    tellsNoTags = true;
  }

  synchronized List<FileIdBothDirectoryInformation> in(String prefix) {
    return links.values().stream()
        .filter(link -> link.name.startsWith(prefix)
            && link.name.indexOf('\\', prefix.length()) < 0
            && link.holds != null)
        .map(link -> entry(link, link.name.substring(prefix.length())))
        .toList();
  }

  private FileIdBothDirectoryInformation entry(Link link, String name) {
    ReparseDataBuffer holds = link.holds;
    int tag = holds == null || tellsNoTags ? 0 : holds.tag().value();
    return new FileIdBothDirectoryInformation(
        0, 1, 2, 3, 4, 0, 0, link.attributes(), tag, "", ++lastId, name);
  }

  @Override
  public synchronized boolean handle(Received<?> request) {
    Smb2Request<?> body = request.body();
    if (body instanceof CreateRequest create) {
      return open(request, create);
    }
    FileId named = named(request);
    Link link = named == null ? null : opens.get(named);
    if (named == null || link == null) {
      return false;
    }
    if (body instanceof IoctlRequest ioctl) {
      control(request, ioctl, named, link);
    } else if (body instanceof SetInfoRequest set) {
      set(request, set, link);
    } else if (body instanceof CloseRequest) {
      opens.remove(named);
      if (link.deletePending) {
        links.remove(link.name);
      }
      request.answer(Responses.closed()).send();
    } else {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
    }
    return true;
  }

  private boolean open(Received<?> request, CreateRequest create) {
    previous = null;
    Link link = links.get(create.name());
    boolean makes = create.disposition() == CreateDisposition.CREATE;
    if (!create.options().has(CreateOptions.OPEN_REPARSE_POINT) || (link == null && !makes)) {
      return false;
    }
    boolean exists = link != null;
    if (link == null) {
      created.add(create.name());
      link = new Link(create.name(), create.options().has(CreateOptions.DIRECTORY_FILE), null);
      links.put(create.name(), link);
    }
    FileId fileId = new FileId(++lastId, ~lastId);
    previous = fileId;
    opens.put(fileId, link);
    request
        .answer(Responses.opened(fileId, !exists, link.attributes(), List.of()))
        .send();
    return true;
  }

  private void control(Received<?> request, IoctlRequest ioctl, FileId fileId, Link link) {
    Fsctl<?> control = ScriptedControls.control(ioctl);
    if (control instanceof GetReparsePoint && link.holds != null) {
      request.answer(Responses.output(ioctl, fileId, link.holds::write)).send();
    } else if (control instanceof GetReparsePoint) {
      request.refusal(NtStatus.NOT_A_REPARSE_POINT).send();
    } else if (control instanceof SetReparsePoint && refusal != null) {
      request.refusal(refusal).send();
    } else if (control instanceof SetReparsePoint set) {
      link.holds = set.reparsePoint();
      request.answer(Responses.output(ioctl, fileId, Octets.EMPTY)).send();
    } else {
      request.refusal(NtStatus.INVALID_DEVICE_REQUEST).send();
    }
  }

  private void set(Received<?> request, SetInfoRequest set, Link link) {
    if (set.fileInfoClass() == 13) {
      link.deletePending = set.buffer().reader().u8() != 0;
    } else if (set.fileInfoClass() == 10) {
      FileRenameInformation rename = FileRenameInformation.read(set.buffer().reader());
      links.remove(link.name);
      link.name = rename.fileName();
      links.put(link.name, link);
    }
    request.answer(new SetInfoResponse()).send();
  }

  private @Nullable FileId named(Received<?> request) {
    FileId named = null;
    if (request.body() instanceof SetInfoRequest set) {
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
