# The first parameter has the binding's name; the folder's name is the function's.
param($TaskDescription, $TriggerMetadata)

# FILL IN: what the skill does. What it outputs is the result that the model gets.
"Added: $TaskDescription"
