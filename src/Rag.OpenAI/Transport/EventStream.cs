using System.Runtime.CompilerServices;
using System.Text;

namespace Rag.OpenAI.Transport;

/// <summary>Server-sent events (WHATWG HTML, 9.2.6): their data, one after the other. The framework's own parser would hold an event of any length in memory.</summary>
internal static class EventStream
{
    private const int MaxEventBytes = 16 << 20;

    /// <summary>The data of each event; one that the end of the reply cuts off is left out.</summary>
    /// <exception cref="OpenAIException">The reply broke off, or one event is too long.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Reply reply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var data = new List<string>();
        var size = 0;
        await foreach (var line in LinesAsync(reply, cancellationToken))
        {
            if (line.Length == 0)
            {
                if (data.Count > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return string.Join('\n', data);
                    data.Clear();
                    size = 0;
                }
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data.Add(line.AsSpan(5) is [' ', .. var rest] ? rest.ToString() : line[5..]);
                size += line.Length;
                if (size > MaxEventBytes)
                {
                    throw reply.Failures.TooLong(MaxEventBytes);
                }
            }
        }
    }

    private static async IAsyncEnumerable<string> LinesAsync(Reply reply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new MemoryStream();
        var buffer = new byte[1 << 12];
        var afterReturn = false;
        for (int count; (count = await reply.ReadAsync(buffer)) > 0;)
        {
            for (var i = 0; i < count; i++)
            {
                var unit = buffer[i];
                var ends = unit == '\r' || (unit == '\n' && !afterReturn);
                if (ends)
                {
                    yield return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimStart('\uFEFF');
                    line.SetLength(0);
                }
                else if (unit != '\n')
                {
                    line.WriteByte(unit);
                }

                afterReturn = unit == '\r';
            }

            if (line.Length > MaxEventBytes)
            {
                throw reply.Failures.TooLong(MaxEventBytes);
            }
        }
    }
}
