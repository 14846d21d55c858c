using System.Formats.Asn1;

namespace Rag.Ingest.Reading.Mail;

/// <summary>What is inside of a signature that encloses it (S/MIME, RFC 8551; Cryptographic Message Syntax, RFC 5652 chapter 5). The signature is not checked.</summary>
internal static class SignedContent
{
    private const string Signed = "1.2.840.113549.1.7.2";

    private static readonly Asn1Tag Content = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The bytes that are signed; none where only certificates are sent; <see langword="null"/> where it is of another kind, such as encrypted.</summary>
    /// <exception cref="AsnContentException">The bytes are damaged.</exception>
    public static ReadOnlyMemory<byte>? Of(ReadOnlyMemory<byte> bytes)
    {
        var message = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        if (message.ReadObjectIdentifier() != Signed)
        {
            return null;
        }

        var signed = message.ReadSequence(Content).ReadSequence();
        signed.ReadEncodedValue(); // version
        signed.ReadEncodedValue(); // how it is digested
        var inner = signed.ReadSequence();
        inner.ReadObjectIdentifier();
        return inner.HasData ? inner.ReadSequence(Content).ReadOctetString() : ReadOnlyMemory<byte>.Empty;
    }
}
