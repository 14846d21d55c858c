using System.Text;

namespace Rag.Ingest.Tests.Reading;

/// <summary>E-mail messages written for the tests.</summary>
internal static class MailFiles
{
    /// <summary>Uses most of what the reader knows.</summary>
    public static byte[] Sample() => Encoding.UTF8.GetBytes("""
        Received: from somewhere
         by somewhere else
        From: =?iso-8859-1?Q?J=FCrgen_Meier?= <jm@example.org>
        To: Ann <ann@example.org>,
          "Bob" <bob@example.org>
        Cc: all@example.org
        Date: Tue, 05 Mar 2024 09:30:00 +0100
        Subject: =?utf-8?B?QmVyaWNodCDDvGJlcg==?= the bridge
        Message-ID: <third@example.org>
        In-Reply-To: <second@example.org>
        References: <first@example.org> <second@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        This is a preamble that nobody shows.
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=iso-8859-1; format=flowed
        Content-Transfer-Encoding: quoted-printable

        The bridge is 120 m =
        long and=20
        f=FCnf m wide.

        > When was it built?
        > And by whom?

        In 1882.

        -- =
        
        J=FCrgen
        --inner
        Content-Type: text/html

        <p>The bridge is <b>long</b>.</p>
        --inner--
        --outer
        Content-Type: text/plain; name*=utf-8''Gr%C3%B6%C3%9Fe.txt
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        YXR0YWNoZWQgdGV4dAo=
        --outer
        Content-Type: text/plain
        Content-Disposition: attachment; filename*0*=iso-8859-1''Gr%F6; filename*1*=%DFe; filename*2=".txt"

        again
        --outer
        Content-Type: text/csv
        Content-Disposition: attachment; filename="C:\\..\\notes.csv"

        a;b
        --outer
        Content-Type: image/png
        Content-ID: <picture>
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --outer
        Content-Type: multipart/encrypted; boundary=secret

        --secret

        x
        --secret--
        --outer
        Content-Type: message/rfc822

        From: bob@example.org
        Date: 4 Mar 2024 08:00:00 GMT
        Subject: Re: the bridge
        Content-Type: text/html; charset=utf-8

        <html><body><h2>Numbers</h2><ul><li>length<li>width</ul><table><tr><th>what<th>m<tr><td>length<td>120</table></body></html>
        --outer--
        """.ReplaceLineEndings("\r\n"));

    /// <summary>A mailbox of that message and two others.</summary>
    public static byte[] Mailbox() =>
    [
        .. "From jm@example.org Tue Mar  5 09:30:00 2024\r\n"u8, .. Sample(), .. "\r\n\r\n"u8,
        .. Encoding.UTF8.GetBytes("""
            From bob@example.org Wed Mar  6 09:30:00 2024
            From: bob@example.org
            Subject: What follows
            Date: Wed, 6 Mar 2024 09:30:00 +0100
            References: <first@example.org>

            From here on it rains.
            >From now on as well.
            >>From the quoted.

            From ann@example.org Thu Mar  7 09:30:00 2024
            From: ann@example.org
            Subject: Last

            The end.
            """),
    ];
}
