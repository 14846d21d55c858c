using System.Net;
using System.Net.Sockets;

namespace Rag.Network;

/// <summary>Tells addresses of the public Internet from those of this machine and its networks.</summary>
internal static class PublicAddress
{
    // IANA's special-purpose registry (RFC 6890 and its updates), multicast (RFC 5771) and class E.
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse),
    ];

    // All that is in use of IPv6; loopback, link-local, unique local, multicast and translated addresses lie outside it. It would say of an IPv4-mapped address what holds for the IPv4 one.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether it may be connected to.</summary>
    public static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || (!address.IsIPv4MappedToIPv6 && GlobalUnicast.Contains(address))) && !Special.Any(network => network.Contains(address));
}
