/** The SMB 2 and 3 messages and their bytes. */
module io.copychunk.core {
  requires transitive io.netty.buffer;
  requires io.netty.common;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports io.copychunk.auth;
  exports io.copychunk.crypto;
  exports io.copychunk.fscc;
  exports io.copychunk.message;
  exports io.copychunk.message.context;
  exports io.copychunk.message.fsctl;
  exports io.copychunk.wire;
}
