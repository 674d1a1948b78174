/** The SMB 2 and 3 messages and their bytes. */
module io.copychunk.core {
  requires transitive io.netty.buffer;
  requires io.netty.common;
  requires org.bouncycastle.provider;
  requires static java.security.jgss;
  requires static org.jspecify;
}
