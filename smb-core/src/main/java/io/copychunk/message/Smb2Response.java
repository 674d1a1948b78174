package io.copychunk.message;

/** The body of a response. */
public sealed interface Smb2Response extends Smb2Message
    permits NegotiateResponse,
        SessionSetupResponse,
        LogoffResponse,
        TreeConnectResponse,
        TreeDisconnectResponse,
        CreateResponse,
        CloseResponse,
        FlushResponse,
        ReadResponse,
        WriteResponse,
        LockResponse,
        IoctlResponse,
        EchoResponse,
        QueryDirectoryResponse,
        QueryInfoResponse,
        SetInfoResponse,
        ErrorResponse {}
