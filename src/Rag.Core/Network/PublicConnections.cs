using System.Net;
using System.Net.Sockets;

namespace Rag.Network;

/// <summary>Opens connections to addresses that may be connected to. The address is checked that is then used, so a name that changes its address in between gains nothing.</summary>
/// <param name="allows">Whether an address may be connected to.</param>
/// <param name="resolve">Addresses of a host name.</param>
internal sealed class PublicConnections(Func<IPAddress, bool> allows, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Connections to the public Internet.</summary>
    public static PublicConnections Default { get; } = new(PublicAddress.IsPublic, Dns.GetHostAddressesAsync);

    /// <summary>Connections to anywhere, for hosts that a person named.</summary>
    public static PublicConnections Anywhere { get; } = new(_ => true, Dns.GetHostAddressesAsync);

    /// <summary>Connects; for the connect callback of an HTTP handler.</summary>
    /// <exception cref="AddressRefusedException">The host has no address that may be connected to.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var host = endPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => allows(address));
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host lies in this machine or its networks.</summary>
internal sealed class AddressRefusedException(string host) : Exception($"The host {host} has no address on the public Internet; private and local ones are not connected to.");
