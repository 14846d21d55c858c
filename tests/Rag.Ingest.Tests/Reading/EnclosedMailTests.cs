using System.Formats.Asn1;
using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Messages in which the text stands inside of a signature or of Outlook's <c>winmail.dat</c>.</summary>
public sealed class EnclosedMailTests
{
    // openssl cms -sign -nodetach -nocerts -outform DER, then with -stream (lengths are not told), then -encrypt, of the same message
    private const string Signed = "MIIBvAYJKoZIhvcNAQcCoIIBrTCCAakCAQExDTALBglghkgBZQMEAgEwgZcGCSqGSIb3DQEHAaCBiQSBhkNvbnRlbnQtVHlwZTogbXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1iDQoNCi0tYg0KDQpUaGUgYnJpZGdlIGlzIGNsb3NlZC4NCi0tYg0KQ29udGVudC1UeXBlOiB0ZXh0L2NzdjsgbmFtZT10b2xscy5jc3YNCg0KYTtiDQotLWItLQ0KMYH6MIH3AgEBMCQwDDEKMAgGA1UEAwwBdAIUDyE3upYzRaV4uHik6w2ecBKvvi8wCwYJYIZIAWUDBAIBoGkwGAYJKoZIhvcNAQkDMQsGCSqGSIb3DQEHATAcBgkqhkiG9w0BCQUxDxcNMjYxMTI3MTgwMzI1WjAvBgkqhkiG9w0BCQQxIgQgYcFOD29rIidCLBtejQ7t+qfIv0ixd5b3FDAr/eE4ttwwCgYIKoZIzj0EAwIESDBGAiEAqTvOJsa2KHpmRjsR8ffNFLPOFQYxXichbdJcPA7YGqsCIQCXWSgFVIZtCBBg5n4ZnuVYlMeOCbZLXb18RXjmX/iTgw==";
    private const string Streamed = "MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgASBhkNvbnRlbnQtVHlwZTogbXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1iDQoNCi0tYg0KDQpUaGUgYnJpZGdlIGlzIGNsb3NlZC4NCi0tYg0KQ29udGVudC1UeXBlOiB0ZXh0L2NzdjsgbmFtZT10b2xscy5jc3YNCg0KYTtiDQotLWItLQ0KAAAAAAAAMYH5MIH2AgEBMCQwDDEKMAgGA1UEAwwBdAIUDyE3upYzRaV4uHik6w2ecBKvvi8wCwYJYIZIAWUDBAIBoGkwGAYJKoZIhvcNAQkDMQsGCSqGSIb3DQEHATAcBgkqhkiG9w0BCQUxDxcNMjYxMTI3MTgwMzI1WjAvBgkqhkiG9w0BCQQxIgQgYcFOD29rIidCLBtejQ7t+qfIv0ixd5b3FDAr/eE4ttwwCgYIKoZIzj0EAwIERzBFAiABQ6c/+qeMuIfQ8QWOTV8uYfuLq+7b6l3OYd/eHkQMdQIhAP0XOc8BR4k1U6fzGGWzxuL7SHWz/74ZmmQ4C2FiCGIfAAAAAAAA";
    private const string Encrypted = "MIIBkAYJKoZIhvcNAQcDoIIBgTCCAX0CAQIxgbehgbQCAQOgUaFPMAkGByqGSM49AgEDQgAEU0WwYq+YwTG1zvfAZobuVEwGXl4X/YHFHcZB4cjsip5wPXcLLrvXdVKnIDs3OpDwWQpO8RC5A5NHIpnPw/PAkTAYBgkrgQUQhkg/AAIwCwYJYIZIAWUDBAEFMEIwQDAkMAwxCjAIBgNVBAMMAXQCFA8hN7qWM0WleLh4pOsNnnASr74vBBjUKPRM9jG3Bm50gApwJ/x6BlotgjPTJUcwgb0GCSqGSIb3DQEHATAdBglghkgBZQMEAQIEEIwe/OcV0LXxnZfua8LuV9mAgZASU5CqJ4QfUDjtMmx/mSHk2kuNnV+tkJ6RR1KO1fehHzduOSXjC4rBzD0s66GisfsK6j3lcV879+83BS+fmjFl912kVgCZ7pdEHInKan2WFY8TBPVO2AesXa9psTrPGMKjwLrLOKpsaHd/DC25bOyny//YPvvujuTBBxRUZ8BE4YkZkihX+9bNGZHdyrqw5ag=";

    [Theory]
    [InlineData(Signed)]
    [InlineData(Streamed)]
    public async Task What_a_signature_encloses_is_read_and_the_signature_is_said_to_be_unchecked(string base64)
    {
        var message = Mail("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", base64);

        var document = await ReadAsync(message);

        Assert.Equal("Tolls\n\nFrom: a@example.org\n\nThe bridge is closed.", document.Text);
        Assert.Equal(["Signatures were not checked: 1. Check them in a mail program before you rely on who signed."], document.Warnings);
        Assert.Equal([("tolls.csv", "a;b")], await EntriesAsync(message));
    }

    [Fact]
    public async Task What_is_encrypted_or_damaged_is_said_to_be()
    {
        var cut = Convert.ToBase64String(Convert.FromBase64String(Signed)[..60]);

        Assert.Equal(["Encrypted parts were not read: 1. Save the message decrypted to have them."], (await ReadAsync(Mail("application/pkcs7-mime; smime-type=enveloped-data", Encrypted))).Warnings);
        Assert.Equal(["Signed parts were not read, for they are damaged or stand in too many others: 1. Save the message again in a mail program."], (await ReadAsync(Mail("application/x-pkcs7-mime", cut))).Warnings);
    }

    [Fact]
    public async Task Signatures_around_signatures_are_opened_to_a_depth()
    {
        var inner = Encoding.ASCII.GetBytes("Content-Type: text/plain\n\ndeep");
        for (var i = 0; i < 9; i++)
        {
            inner = Mail("application/pkcs7-mime", Convert.ToBase64String(Enclose(inner)));
        }

        var document = await ReadAsync(inner);

        Assert.DoesNotContain("deep", document.Text, StringComparison.Ordinal);
        Assert.Equal(["Signatures were not checked: 8.", "Signed parts were not read, for they are damaged or stand in too many others: 1."], document.Warnings.Select(w => w[..(w.IndexOf('.', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public async Task A_packed_message_gives_its_text_its_files_and_the_message_inside()
    {
        var message = Mail("application/ms-tnef; name=winmail.dat", Convert.ToBase64String(TnefFiles.Sample()));

        var document = await ReadAsync(message);

        Assert.Equal("Tolls\n\nFrom: a@example.org\n\nThe bridge is closed.\n\nUntil May.\n\nWhy?\n\nFrom: Ann\n\nIt is old.", document.Text);
        Assert.Equal([("Größe.txt", "120 m"), ("tolls 2024.csv", "a;b")], await EntriesAsync(message));
        DocumentPromises.Check(document);
    }

    [Theory]
    [InlineData("AUTHORS\0")] // eight bytes, which could be four characters of UTF-16
    [InlineData("README\0\0\0")]
    public async Task Names_in_no_code_page_are_read_without_the_end_that_is_marked(string name)
    {
        var message = Mail("application/ms-tnef", Convert.ToBase64String(TnefFiles.OneFile(name)));

        Assert.Equal([(name.TrimEnd('\0'), "x")], await EntriesAsync(message));
    }

    [Fact]
    public async Task The_text_of_a_packed_message_is_not_read_twice()
    {
        var message = Encoding.ASCII.GetBytes($"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nClosed, in short.\n--b\nContent-Type: application/octet-stream; name=WINMAIL.DAT\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(TnefFiles.Sample())}\n--b--\n");

        Assert.Equal("Closed, in short.\n\nWhy?\n\nFrom: Ann\n\nIt is old.", (await ReadAsync(message)).Text);
        Assert.Equal(["Größe.txt", "tolls 2024.csv"], (await EntriesAsync(message)).Select(entry => entry.Name));
    }

    [Fact]
    public async Task Packed_messages_in_each_other_are_read_to_a_depth()
    {
        Assert.Contains("It is old.", (await ReadAsync(Mail("application/ms-tnef", Convert.ToBase64String(TnefFiles.Nested(7))))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It is old.", (await ReadAsync(Mail("application/ms-tnef", Convert.ToBase64String(TnefFiles.Nested(8))))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_only_has_the_name_of_a_packed_message_is_an_attachment()
    {
        Assert.Equal([("winmail.dat", "x")], await EntriesAsync(Mail("application/octet-stream; name=winmail.dat", "eA==")));
    }

    public static TheoryData<string, byte[]> Enclosed { get; } = new()
    {
        { "application/ms-tnef", TnefFiles.Sample() },
        { "application/pkcs7-mime", Convert.FromBase64String(Signed) },
        { "application/pkcs7-mime", Convert.FromBase64String(Streamed) },
    };

    [Theory]
    [MemberData(nameof(Enclosed))]
    public async Task Damaged_ones_give_a_document_or_a_format_exception(string type, byte[] good)
    {
        foreach (var bytes in Mutations.Of(good, 400, seed: 9))
        {
            var message = Mail(type, Convert.ToBase64String(bytes));
            try
            {
                DocumentPromises.Check(await ReadAsync(message));
                await EntriesAsync(message);
            }
            catch (DocumentFormatException e)
            {
                Assert.Contains("' cannot be read: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Mail(string type, string base64) => Encoding.ASCII.GetBytes($"From: a@example.org\nSubject: Tolls\nContent-Type: {type}\nContent-Transfer-Encoding: base64\n\n{base64}\n");

    // signed data with nothing but the content (RFC 5652, 5.1)
    private static byte[] Enclose(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(tag))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.840.113549.1.7.1");
                    using (writer.PushSequence(tag))
                    {
                        writer.WriteOctetString(content);
                    }
                }
            }
        }

        return writer.Encode();
    }

    private static Task<Document> ReadAsync(byte[] bytes) => new EmlReader().ReadAsync(new MemoryStream(bytes), "mail");

    private static async Task<List<(string Name, string Text)>> EntriesAsync(byte[] bytes)
    {
        var entries = new List<(string, string)>();
        await foreach (var entry in new EmlReader().ReadEntriesAsync(new MemoryStream(bytes), "mail", new()))
        {
            entries.Add((entry.Name, Encoding.UTF8.GetString(entry.Content.Span)));
        }

        return entries;
    }
}
