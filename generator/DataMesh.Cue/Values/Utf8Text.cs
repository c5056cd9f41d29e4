using System.Text;

namespace DataMesh.Cue.Values;

/// <summary>Bytes as text, where what is not UTF-8 becomes one replacement character for all in a row.</summary>
internal static class Utf8Text
{
    public static string Decode(byte[] bytes)
    {
        var text = new StringBuilder();
        var start = 0;
        var wasValid = true;
        for (var i = 0; i < bytes.Length;)
        {
            var length = SequenceLength(bytes, i);
            if (length > 0)
            {
                if (!wasValid)
                    start = i;
                wasValid = true;
                i += length;
                continue;
            }

            if (wasValid)
                text.Append(Encoding.UTF8.GetString(bytes, start, i - start)).Append('\uFFFD');
            wasValid = false;
            i++;
        }

        return wasValid ? text.Append(Encoding.UTF8.GetString(bytes, start, bytes.Length - start)).ToString() : text.ToString();
    }

    /// <summary>Where bytes stop being UTF-8; -1 if all are.</summary>
    public static int MalformedAt(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            var length = SequenceLength(bytes, i);
            if (length == 0)
                return i;
            i += length;
        }

        return -1;
    }

    /// <summary>How many bytes the character at an index takes; 0 when there is none.</summary>
    private static int SequenceLength(byte[] bytes, int index)
    {
        var first = bytes[index];
        if (first < 0x80)
            return 1;
        var length = first is >= 0xC2 and < 0xE0 ? 2 : first is >= 0xE0 and < 0xF0 ? 3 : first is >= 0xF0 and < 0xF5 ? 4 : 0;
        if (length == 0 || index + length > bytes.Length)
            return 0;
        for (var i = 1; i < length; i++)
        {
            if ((bytes[index + i] & 0xC0) != 0x80)
                return 0;
        }

        // Longer forms of shorter sequences, surrogates, and what is beyond Unicode.
        var second = bytes[index + 1];
        return (first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90) ? 0 : length;
    }
}
