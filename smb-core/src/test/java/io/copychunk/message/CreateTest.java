package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.encode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.DurableHandleRequestV2;
import io.copychunk.message.context.DurableHandleResponseV2;
import io.copychunk.message.context.LeaseV2;
import io.copychunk.message.context.QueryMaximalAccessRequest;
import io.copychunk.message.context.QueryMaximalAccessResponse;
import io.copychunk.message.context.QueryOnDiskIdRequest;
import io.copychunk.message.context.QueryOnDiskIdResponse;
import io.copychunk.message.context.UnknownCreateContext;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTest {
  private static final String FILE = "samba-smb302-cmac-validate.json";
  private static final String WITH_CONTEXTS = "CREATE kat-ctx.bin";
  private static final Guid LEASE_KEY = new Guid(0x2726252423222120L, 0x2f2e2d2c2b2a2928L);

  @Test
  void requestWithContexts() {
    assertBytes(
        new CreateRequest(
            OplockLevel.LEASE,
            ImpersonationLevel.IMPERSONATION,
            new AccessMask(0x0013019F),
            FileAttributes.NORMAL,
            ShareAccess.ALL,
            CreateDisposition.OVERWRITE_IF,
            CreateOptions.NONE,
            "kat-ctx.bin",
            List.of(
                new DurableHandleRequestV2(
                    0, 0, new Guid(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)),
                new QueryMaximalAccessRequest(0),
                new QueryOnDiskIdRequest(),
                new LeaseV2(LEASE_KEY, 7, 0, Guid.ZERO, 0))),
        captured(FILE, WITH_CONTEXTS),
        CreateRequest::read);
  }

  @Test
  void responseWithContexts() {
    long time = 0x01dd7a9a33803b28L;
    assertBytes(
        new CreateResponse(
            OplockLevel.LEASE,
            0,
            CreateAction.CREATED,
            time,
            time,
            time,
            time,
            0,
            0,
            FileAttributes.ARCHIVE,
            new FileId(0x884f9df7L, 0xc244a844L),
            List.of(
                new QueryMaximalAccessResponse(NtStatus.SUCCESS, new AccessMask(0x001F01FF)),
                new DurableHandleResponseV2(60_000, 0),
                new QueryOnDiskIdResponse(0x220f16, 0xfe00),
                new LeaseV2(LEASE_KEY, 7, 0, Guid.ZERO, 1))),
        captured(FILE, WITH_CONTEXTS + " response"),
        CreateResponse::read);
  }

  @Test
  void requestWithoutContexts() {
    CreateRequest request = request("dir", List.of());
    assertThat(encode(request)).hasSize(64 + 56 + 6);
    assertRoundTrip(request, CreateRequest::read);
  }

  @Test
  void theRootHasAnEmptyNameAndStillOneByte() {
    CreateRequest request = request("", List.of());
    assertThat(encode(request)).hasSize(64 + 57);
    assertThat(decode(encode(request), CreateRequest::read)).isEqualTo(request);
  }

  @Test
  void theRootWithContexts() {
    assertRoundTrip(
        request("", List.of(new LeaseV2(LEASE_KEY, 1, 0, Guid.ZERO, 0))), CreateRequest::read);
  }

  @Test
  void unpairedSurrogatesInNamesAreKept() {
    assertRoundTrip(request("a\uDC00b", List.of()), CreateRequest::read);
  }

  /** Which a server may send for a use of its own. */
  @Test
  void attack12_contextsThatWereNotAskedForAreNotLookedAt() {
    CreateRequest asking = decode(captured(FILE, WITH_CONTEXTS), CreateRequest::read);
    byte[] response = captured(FILE, WITH_CONTEXTS + " response");
    assertThat(decode(response, asking::readResponse).contexts())
        .hasSize(4)
        .noneMatch(UnknownCreateContext.class::isInstance);

    byte[] tooShort = patched(response, 100, "07000000");
    assertMalformed(tooShort, asking::readResponse);
    assertThat(decode(tooShort, request("x", List.of())::readResponse).contexts())
        .hasSize(4)
        .allMatch(UnknownCreateContext.class::isInstance);
  }

  @Test
  void whatOnlyInformsMayBeUnknown() {
    byte[] bytes = patched(captured(FILE, WITH_CONTEXTS + " response"), 2, "0d00 ffffffff");
    CreateResponse response = decode(bytes, CreateResponse::read);
    assertThat(response.oplockLevel()).isEqualTo(new OplockLevel(0x0D));
    assertThat(response.action()).isEqualTo(new CreateAction(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3800, StructureSize",
    "4, 04000000, ImpersonationLevel",
    "36, 06000000, CreateDisposition",
    "36, ffffffff, CreateDisposition",
    "44, 0000, name in the header",
    "44, 7700, name in the fixed part",
    "44, ffff, name behind the end",
    "46, 1500, half a character",
    "46, ffff, name too long",
    "48, 00000000, contexts in the header",
    "48, f8ffffff, contexts behind the end",
    "52, b5000000, contexts too long",
    "52, ffffffff, contexts far too long"
  })
  void hostileRequests(int offset, String patch, String what) {
    assertMalformed(patched(captured(FILE, WITH_CONTEXTS), offset, patch), CreateRequest::read);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 0000000000000080, AllocationSize",
    "48, ffffffffffffffff, EndOfFile",
    "80, 00000000, contexts in the header",
    "80, 97000000, contexts in the fixed part",
    "84, c5000000, contexts too long"
  })
  void hostileResponses(int offset, String patch, String what) {
    assertMalformed(
        patched(captured(FILE, WITH_CONTEXTS + " response"), offset, patch), CreateResponse::read);
  }

  /** The first context of the captured response starts at 88 of the body; 196 bytes follow. */
  @ParameterizedTest
  @CsvSource({
    "88, 01000000, Next is unaligned",
    "88, 08000000, Next leads into the entry itself",
    "88, c8000000, Next leads behind the end",
    "88, f8ffffff, Next is negative",
    "92, 0000, name in the entry's header",
    "92, ffff, name behind the entry",
    "94, 1100, name longer than the entry",
    "98, 0f00, data in the entry's header",
    "100, 09000000, data longer than the entry",
    "100, ffffffff, data far too long",
    "100, 07000000, data too short for its type"
  })
  void hostileContexts(int offset, String patch, String what) {
    assertMalformed(
        patched(captured(FILE, WITH_CONTEXTS + " response"), offset, patch), CreateResponse::read);
  }

  @Test
  void aContextTooManyIsRefused() {
    List<CreateContext> most =
        List.copyOf(Collections.nCopies(CreateContext.MAX_COUNT, new QueryOnDiskIdRequest()));
    assertRoundTrip(request("x", most), CreateRequest::read);
    List<CreateContext> tooMany =
        List.copyOf(Collections.nCopies(CreateContext.MAX_COUNT + 1, new QueryOnDiskIdRequest()));
    assertMalformed(encode(request("x", tooMany)), CreateRequest::read);
  }

  private static CreateRequest request(String name, List<CreateContext> contexts) {
    return new CreateRequest(
        OplockLevel.NONE,
        ImpersonationLevel.IMPERSONATION,
        AccessMask.READ_DATA.with(AccessMask.READ_ATTRIBUTES),
        FileAttributes.NONE,
        ShareAccess.READ,
        CreateDisposition.OPEN,
        CreateOptions.NON_DIRECTORY_FILE,
        name,
        contexts);
  }
}
