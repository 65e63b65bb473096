package io.multijob.bench.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.SocketFactory;

/// Where an API server is, and who we are to it.
///
/// @param sockets that speak TLS where the server does
/// @param token for an `Authorization` header; empty where a certificate says who we are
public record ApiAddress(URI server, SocketFactory sockets, String token) {

  /// As the file says.
  public static ApiAddress of(Path kubeconfig) throws IOException {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    URI server = URI.create(config.getMasterUrl());
    String token = config.getOauthToken() == null ? "" : config.getOauthToken();
    try {
      SocketFactory sockets =
          server.getScheme().equals("https")
              ? SSLUtils.sslContext(config).getSocketFactory()
              : SocketFactory.getDefault();
      return new ApiAddress(server, sockets, token);
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with the certificates of " + kubeconfig, e);
    }
  }

  /// A listener of the loopback interface that asks for nothing.
  public static ApiAddress ofLoopback(int port) {
    return new ApiAddress(URI.create("http://127.0.0.1:" + port), SocketFactory.getDefault(), "");
  }

  Socket connect() throws IOException {
    int usual = server.getScheme().equals("https") ? 443 : 80;
    int port = server.getPort() < 0 ? usual : server.getPort();
    Socket socket = sockets.createSocket(server.getHost(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }
}
