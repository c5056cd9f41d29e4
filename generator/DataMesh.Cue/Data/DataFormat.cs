namespace DataMesh.Cue.Data;

/// <summary>A format that holds data only: nothing in it is ever evaluated.</summary>
public enum DataFormat
{
    /// <summary>One JSON value.</summary>
    Json,

    /// <summary>JSON values one after the other.</summary>
    JsonLines,

    /// <summary>A stream of YAML documents.</summary>
    Yaml,

    /// <summary>A TOML document.</summary>
    Toml,

    /// <summary>A text, which is one string.</summary>
    Text,
}
