package io.multijob.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// Addresses have no names in our processes: a look-up from an address to a name answers at once
/// that there is none. Names are resolved to addresses as ever.
///
/// The JDK's server asks for the name of each TLS client that connects, in a native call that an
/// absent name server lets wait for seconds, and on a virtual thread that takes one of the few
/// carriers along. Nothing of ours wants to know.
public final class LiteralAddresses extends InetAddressResolverProvider {

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "literal addresses";
  }

  private record Resolver(InetAddressResolver builtin) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return builtin.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      throw new UnknownHostException("names of addresses are not looked up");
    }
  }
}
